import { pino } from 'pino'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createCertification,
  createFileVault,
  createMemoryDisk,
  type Gateway,
  startGateway,
} from '../../packages/agent/src/index.ts'
import { type NetworkReport, Secret, type ToolRequest } from '../../packages/protocol/src/index.ts'
import { popCore } from '../support/api.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { until } from '../support/time.ts'
import {
  accessibilityFlaws,
  chromiumPath,
  expectGoodConduct,
  lack,
  launch,
  logOnWithKey,
  openConsole,
} from './browser.ts'

describe.skipIf(chromiumPath === undefined)(`tunnels and traffic of a gateway in the console${lack}`, () => {
  const serial = 'sagcarrier'
  let sandbox: Sandbox
  let browser: Browser
  let gateway: Gateway
  let page: string
  let traffic = { received: 500_000, sent: 0 }
  let changed = (): void => {}
  const asked: ToolRequest[] = []
  /** The tool under way goes on when it is let. */
  let go = (): void => {}

  const state = {
    read: async (): Promise<NetworkReport> => ({
      tunnels: [{ pop: 'pop1', isUp: true, since: Date.now() - 3_600_000 }],
      learnt: ['10.8.0.0/24'],
      leases: 17,
      traffic,
    }),
    onChange: (listener: () => void): void => {
      changed = listener
    },
  }
  const shown = () =>
    sandbox.operator<{ readonly lastHour: unknown; readonly receivedBytes: number }>('device', 'show', serial)

  beforeAll(async () => {
    sandbox = await startSandbox()
    browser = await launch()
    const { operator } = sandbox
    await operator('pop', 'add', '--serial', 'pop1', '--endpoint', '203.0.113.7')
    const [ccn] = await operator<readonly { readonly id: string }[]>('ccn', 'list')
    const added = await operator<{ readonly instanceId: string; readonly enrolmentKey: string }>(
      ...(['gateway', 'add', '--name', 'carrier', '--model', 'sag-1000', '--cidr', '10.77.0.0/24'] as const),
      ...(['--serial', serial, '--ccn', ccn?.id ?? ''] as const),
    )
    page = `#/fleet/${sandbox.regionId}/${added.instanceId}`
    const disk = createMemoryDisk()
    gateway = await startGateway({
      ...{ serial, model: 'sag-1000', version: '2.3.1.1', disk, vault: createFileVault({ disk }) },
      serverUrl: `${sandbox.endpoint.replace('http', 'ws')}/channel`,
      enrolmentKey: Secret.of(added.enrolmentKey),
      // Who has keys certified carries packets.
      certification: createCertification(),
      networkState: state,
      tools: {
        async run(request) {
          asked.push(request)
          await new Promise<void>((resolve) => {
            go = resolve
          })
          return { is: 'done', result: { tool: 'ping', times: [12.5, null], lines: ['PING 10.2.0.1'] } }
        },
      },
      logger: pino({ level: 'silent' }),
    })
    await until('it has told its counters', async () => (await shown()).receivedBytes === 500_000)
    traffic = { received: 2_000_000, sent: 250_000 }
    changed()
    await until('they are kept', async () => (await shown()).lastHour !== null)
  })
  afterAll(async () => {
    await gateway?.stop()
    await browser?.close()
    await sandbox?.remove()
  })

  test('are what it told: what has come since its first word, its tunnel, what it has learnt, leases', async () => {
    const { page: tab, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    const place = { RegionId: sandbox.regionId, SmartAGId: page.split('/').at(-1) }
    await popCore(sandbox).request('ModifySmartAccessGateway', { ...place, Description: 'on the second floor' })
    await logOnWithKey(tab, sandbox)
    await tab.goto(`${sandbox.endpoint}/console/${page}`)
    const card = tab.getByRole('region', { name: `Tunnels: ${serial}` })
    await card.getByText('Tunnel to pop1').waitFor()
    await card.getByText('10.8.0.0/24').waitFor()
    expect(await card.getByRole('definition').filter({ hasText: 'Up' }).count()).toBe(1)
    expect(await card.getByRole('definition').filter({ hasText: '17' }).count()).toBe(1)
    const series = tab.getByRole('region', { name: 'Over time' })
    // In a quarter of an hour that has just begun it is more a second.
    const rate = /[1-9][\d.]* [kM]bit\/s mean/
    const shownAs = (name: string) => series.getByRole('img', { name })
    await shownAs(`Traffic, ${serial}, 24 h: Sent`).waitFor()
    expect(await shownAs('Traffic').getAttribute('aria-label')).toMatch(rate)
    expect(await shownAs('Traffic').locator('canvas').count()).toBe(1)
    await series
      .getByRole('list', { name: 'Changes' })
      .getByText('Gateway changed')
      .or(series.getByText('Description'))
      .waitFor()
    await series.getByRole('button', { name: 'Hour' }).click()
    await shownAs(`Traffic, ${serial}, Hour`).waitFor()
    await series.getByText('As a table').click()
    await series.getByRole('columnheader', { name: 'Received' }).waitFor()
    expect(await series.getByRole('row').count()).toBe(21)
    // Nothing is known of most of that time, which is not 0.
    expect(await series.getByRole('cell', { name: 'Not known' }).count()).toBeGreaterThan(30)
    await series.getByRole('button', { name: 'Round trip' }).click()
    await shownAs(`Round trip, ${serial}, Hour`).or(series.getByText('Nothing is known of this time yet.')).waitFor()
    expectGoodConduct(trespasses)
    await close()
  })

  test('a ping is asked for with a target and one click, shows that the gateway is at work, and ends in a table', async () => {
    const { page: tab, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(tab, sandbox)
    await tab.goto(`${sandbox.endpoint}/console/${page}`)
    const card = tab.getByRole('region', { name: 'Tools', exact: true })
    await card.getByLabel('Target').fill('10.2.0.1')
    await card.getByLabel('Requests').selectOption('1')
    await card.getByLabel('From').selectOption('Wan')
    await card.locator('form').getByRole('button', { name: 'Ping' }).last().click()
    await card
      .getByRole('status')
      .filter({ hasText: `${serial} is at work` })
      .waitFor()
    await until('the gateway was asked', () => asked.length > 0)
    expect(asked).toEqual([{ tool: 'ping', target: '10.2.0.1', from: 'wan', count: 1 }])
    go()
    const result = card.getByRole('region', { name: `Ping to 10.2.0.1 from ${serial}`, exact: true })
    await result.getByRole('cell', { name: '50 %' }).waitFor()
    await result.getByText('Some lost').waitFor()
    expect(await result.getByRole('button', { name: /^Copy/ }).count()).toBe(1)
    expect(await accessibilityFlaws(tab)).toEqual([])

    await card.getByLabel('Target').fill('10.2.0.1;reboot')
    await card.locator('form').getByRole('button', { name: 'Ping' }).last().click()
    await card.getByText('InvalidTarget').first().waitFor()
    expect(asked).toHaveLength(1)
    expectGoodConduct(trespasses)
    await close()
  })

  test.each([
    ['light', 'en-US', undefined],
    ['dark', 'zh-CN', { width: 390, height: 844 }],
  ] as const)(
    'in %s colours, in %s: no flaw that axe-core finds, nothing wider than its screen',
    async (colorScheme, locale, viewport) => {
      const given = viewport === undefined ? {} : { viewport, hasTouch: true }
      const {
        page: tab,
        trespasses,
        close,
      } = await openConsole(browser, sandbox.endpoint, {
        ...{ colorScheme, locale },
        ...given,
      })
      await logOnWithKey(tab, sandbox)
      await tab.goto(`${sandbox.endpoint}/console/${page}`)
      await tab.locator('.plot canvas').waitFor()
      await tab.waitForFunction(() => document.querySelector('.skeleton') === null)
      expect(await accessibilityFlaws(tab)).toEqual([])
      const [wide, shown] = await tab.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth] as const)
      expect(wide).toBeLessThanOrEqual(shown)
      expectGoodConduct(trespasses)
      await close()
    },
  )
})
