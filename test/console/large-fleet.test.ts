import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningServer, startServer } from '@opensag/server'
import { smartagClient } from '@opensag/smartag-client'
import { sql } from 'kysely'
import { pino } from 'pino'
import type { Browser, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSqliteStore } from '../../packages/server/src/store/sqlite/open.ts'
import { limit, until } from '../support/time.ts'
import { chromiumPath, expectGoodConduct, type Key, lack, launch, logOnWithKey, openConsole } from './browser.ts'

const instances = 20_000

describe.skipIf(chromiumPath === undefined)(`the fleet page with ${instances} instances${lack}`, () => {
  let data: string
  let server: RunningServer
  let browser: Browser
  let key: Key

  const start = (): Promise<RunningServer> =>
    startServer({
      data,
      host: '127.0.0.1',
      port: 0,
      regionId: 'cn-shanghai',
      heartbeatMs: 15_000,
      answerMs: 2000,
      auditDays: 1,
      logger: pino({ level: 'silent' }),
    })

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'opensag-large-'))
    server = await start()
    const first = server.firstCredentials
    if (first === undefined) throw new Error('The first start makes an account.')
    key = { accessKeyId: first.accessKeyId, accessKeySecret: first.accessKeySecret.reveal() }
    await server.close()
    await fill(data, first.accountId)
    server = await start()
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await rm(data, { recursive: true, force: true })
  })

  test('shows and filters all of them, and scrolling costs about as much as with a twentieth of them', async () => {
    const { page, trespasses, close } = await openConsole(browser, server.url)
    const lastAnswer = page.waitForEvent('requestfinished', {
      predicate: async (request) =>
        request.headers()['x-acs-action'] === 'ListFleet' &&
        String((await (await request.response())?.text()) ?? '').includes('"More":false'),
    })
    await logOnWithKey(page, key)
    await lastAnswer
    const arrived = performance.now()
    await page.getByText('20,000 instances', { exact: true }).waitFor()
    // The page takes a key and shows what comes of it.
    await page.getByRole('searchbox', { name: 'Search' }).fill('branch-19999')
    await page.getByText('1 found').waitFor()
    const interactive = performance.now() - arrived

    await page.getByRole('searchbox', { name: 'Search' }).fill('')
    await page.getByText('20,000 instances', { exact: true }).waitFor()
    const rows = page.getByRole('row')
    expect(await rows.count()).toBeLessThan(100)

    const large = await scroll(browser, page)
    await page.getByRole('link', { name: 'branch-19999' }).waitFor()
    await page.getByRole('searchbox', { name: 'Search' }).fill('branch-19')
    await page.getByText('1,111 found').waitFor()
    const small = await scroll(browser, page)
    console.log(
      `console: ${instances} instances, interactive ${Math.round(interactive)} ms after the data; scrolling 700 pixels a frame takes ${large.perFrame.toFixed(1)} ms of processor a frame (${small.perFrame.toFixed(1)} with 1,111), the longest task ${large.longest.toFixed(1)} ms (${small.longest.toFixed(1)})`,
    )
    expect(large.perFrame / small.perFrame).toBeLessThan(3)
    expect(large.longest / small.longest).toBeLessThan(4)
    expectGoodConduct(trespasses)
    await close()
  })

  test('a minute in which nothing happens costs less than 20 kB, and one change some hundred bytes more', async () => {
    const { page, trespasses, close } = await openConsole(browser, server.url)
    await page.clock.install()
    const traffic = trafficOf(page)
    await logOnWithKey(page, key)
    await page.getByText('20,000 instances', { exact: true }).waitFor()
    // Nobody touches the page any more, and everything has been looked at once more.
    await minute(page, traffic)
    const before = await traffic.bytes()
    await minute(page, traffic)
    const idle = (await traffic.bytes()) - before
    const client = smartagClient({ endpoint: server.url, key })
    const renamed = { RegionId: 'cn-shanghai', SmartAGId: `sag-${String(3).padStart(18, '0')}`, Name: 'renamed' }
    await client.call('ModifySmartAccessGateway', renamed)
    await minute(page, traffic)
    const changed = (await traffic.bytes()) - before - idle
    await page.getByRole('searchbox', { name: 'Search' }).fill('renamed')
    await page.getByText('1 found').waitFor()
    console.log(`console: ${instances} instances, ${idle} bytes in an idle minute, ${changed} in one with a change`)
    expect(idle).toBeGreaterThan(1000)
    expect(idle).toBeLessThan(20_000)
    expect(changed).toBeLessThan(40_000)
    expectGoodConduct(trespasses)
    await close()
  })

  test('the picture of all of them is there within a second, and no task of it is long', async () => {
    const { page, trespasses, close } = await openConsole(browser, server.url)
    await logOnWithKey(page, key)
    await page.getByText('20,000 instances', { exact: true }).waitFor()
    let interactive = 0
    const tasks = await tasksDuring(browser, page, async () => {
      const begun = performance.now()
      await page.getByRole('button', { name: 'Picture' }).click()
      await page.getByRole('button', { name: 'network-7', exact: true }).click()
      await page.getByText('Reaches 29 networks, 14,', { exact: false }).first().waitFor()
      interactive = performance.now() - begun
    })
    const longest = Math.max(...tasks)
    console.log(
      `console: the picture of ${instances} instances is interactive after ${Math.round(interactive)} ms, the longest task takes ${longest.toFixed(1)} ms of processor`,
    )
    expect(longest).toBeLessThan(limit(50))
    expect(interactive).toBeLessThan(limit(1000))
    expectGoodConduct(trespasses)
    await close()
  })

  test('no task of the page is long when a row changes, a filter is typed or all are chosen', async () => {
    const { page, trespasses, close } = await openConsole(browser, server.url)
    await logOnWithKey(page, key)
    await page.getByText('20,000 instances', { exact: true }).waitFor()
    const tasks = await tasksDuring(browser, page, async () => {
      await page.getByRole('checkbox', { name: 'Select the rows on screen' }).click()
      await page.getByRole('button', { name: 'Select all 20,000 that match' }).click()
      await page.getByText('20,000 selected').waitFor()
      await page.getByRole('button', { name: 'Clear' }).click()
      await page.getByRole('searchbox', { name: 'Search' }).fill('region:cn-shanghai branch-7')
      await page.getByText('1,111 found').waitFor()
      await page.getByRole('combobox', { name: 'Group' }).selectOption('network')
      await page
        .getByRole('button', { name: /network-/ })
        .first()
        .waitFor()
    })
    const longest = Math.max(...tasks)
    console.log(`console: ${instances} instances, the longest task takes ${longest.toFixed(1)} ms of processor`)
    expect(longest).toBeLessThan(limit(50))
    expectGoodConduct(trespasses)
    await close()
  })
})

interface Traffic {
  /** Requests whose answer has not come. */
  open(): number
  /** Of all calls that are answered, headers and bodies, as they went over the line. */
  bytes(): Promise<number>
}

function trafficOf(page: Page): Traffic {
  const done: Request[] = []
  let open = 0
  page.on('request', () => {
    open += 1
  })
  page.on('requestfailed', () => {
    open -= 1
  })
  page.on('requestfinished', (request) => {
    open -= 1
    done.push(request)
  })
  return {
    open: () => open,
    async bytes() {
      const sizes = await Promise.all(done.map((request) => request.sizes()))
      return sizes.reduce(
        (sum, size) =>
          sum + size.requestBodySize + size.requestHeadersSize + size.responseBodySize + size.responseHeadersSize,
        0,
      )
    },
  }
}

/** The page's clock goes on by a minute; what is asked for in each five seconds of it is answered before it goes on. */
async function minute(page: Page, traffic: Traffic): Promise<void> {
  for (let seconds = 0; seconds < 60; seconds += 5) {
    await page.clock.runFor(5000)
    await until('every call is answered', () => traffic.open() === 0 || undefined)
  }
}

interface Scrolling {
  /** Milliseconds of processor time, of the page's own thread: by the clock a frame tells as much of the machine. */
  readonly perFrame: number
  readonly longest: number
}

/** Through the list, from its top to its end and again, as far as so many frames go. */
async function scroll(browser: Browser, page: Page): Promise<Scrolling> {
  const frames = 120
  const tasks = await tasksDuring(browser, page, () =>
    page.evaluate(async (count) => {
      const body = document.querySelector<HTMLElement>('[role="rowgroup"]')
      if (body === null) throw new Error('There is no list.')
      for (let frame = 0; frame < count; frame += 1) {
        body.scrollTop = (body.scrollTop + 700) % (body.scrollHeight - body.clientHeight)
        await new Promise<number>((next) => requestAnimationFrame(next))
      }
    }, frames),
  )
  await page.evaluate(() => {
    const body = document.querySelector<HTMLElement>('[role="rowgroup"]')
    if (body !== null) body.scrollTop = body.scrollHeight
  })
  expect(tasks.length).toBeGreaterThan(100)
  return { perFrame: tasks.reduce((sum, task) => sum + task, 0) / frames, longest: Math.max(...tasks) }
}

/** Milliseconds of processor time of each task of the page's thread while something is done with it. */
async function tasksDuring(browser: Browser, page: Page, work: () => Promise<unknown>): Promise<readonly number[]> {
  await browser.startTracing(page, {
    categories: ['toplevel', 'devtools.timeline', 'blink.user_timing', 'disabled-by-default-devtools.timeline'],
  })
  await page.evaluate(() => void performance.mark('begin'))
  await work()
  await page.evaluate(() => void performance.mark('end'))
  return tasksOf(await browser.stopTracing())
}

/** One statement a table, in which the database counts. */
async function fill(data: string, accountId: string): Promise<void> {
  const store = await openSqliteStore({ folder: data })
  const upTo = (count: number) =>
    sql`with recursive row(n) as (select 0 union all select n + 1 from row where n + 1 < ${sql.lit(count)})`
  const begun = Date.now() - 60_000
  await store.write(async (tx) => {
    await sql`insert into ccn (id, account_id, region_id, name, cidr_block, interworking, is_default, cen_id, cen_owner_id,
      created_at)
      ${upTo(40)} select printf('ccn-%08d', n), ${accountId}, 'cn-shanghai', 'network-' || n, '10.0.0.0/8', 'enable', 0,
      iif(n % 4 = 0, null, 'cen-one'), iif(n % 4 = 0, null, ${accountId}), ${begun} from row`.execute(tx)
    await sql`insert into instance (id, account_id, region_id, kind, spec, name, ha_type, max_bandwidth, order_id,
      already_have_sag, period_months, created_at, paid_at, shipped_at, arrived_at, activated_at, routing_strategy,
      security_lock_threshold, ccn_id, ccn_bound_at, connection_audit, config_revision)
      ${upTo(instances)} select printf('sag-%018d', n), ${accountId}, 'cn-shanghai', 'hardware', 'sag-1000',
      'branch-' || n, 'no_backup', 50, printf('%016d', n), 0, 12, ${begun}, ${begun}, ${begun}, ${begun}, ${begun},
      'static', 0, iif(n % 50 = 0, null, printf('ccn-%08d', n % 40)), ${begun}, 0, 1 from row`.execute(tx)
    await sql`insert into instance_cidr (instance_id, position, cidr, first, last)
      ${upTo(instances)} select printf('sag-%018d', n), 0, printf('10.%d.%d.0/24', n / 256, n % 256),
      167772160 + n * 256, 167772160 + n * 256 + 255 from row`.execute(tx)
    await sql`insert into device (serial, model, version, created_at, instance_id, role, bound_at,
      enrolment_key_sealed, syn_status, resettable, password_generation, applied_revision)
      ${upTo(instances)} select printf('sag%012d', n), 'sag-1000', '2.3.1.1', ${begun}, printf('sag-%018d', n), 'active',
      ${begun}, 'sealed', 'Synchronized', 1, 0, 1 from row`.execute(tx)
  })
  await store.close()
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  /** Microseconds of processor time. */
  readonly tdur?: number
}

/** Milliseconds of processor time of each task of the page's thread between the two marks. */
function tasksOf(trace: Buffer): readonly number[] {
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { readonly traceEvents: readonly TraceEvent[] }
  const [begin, end] = ['begin', 'end'].map((mark) => traceEvents.find(({ name }) => name === mark))
  if (begin === undefined || end === undefined) throw new Error('The trace has no marks.')
  return traceEvents
    .filter(({ name, pid, tid }) => name === 'RunTask' && pid === begin.pid && tid === begin.tid)
    .filter(({ ts }) => ts >= begin.ts && ts <= end.ts)
    .map(({ tdur = 0 }) => tdur / 1000)
}
