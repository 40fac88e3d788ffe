import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningServer, startServer } from '@opensag/server'
import { pino } from 'pino'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readOneGateway } from '../../packages/rules/src/index.ts'
import { instanceOf } from '../support/api.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { send, signedBody } from '../support/signed-request.ts'
import {
  accessibilityFlaws,
  chromiumPath,
  expectGoodConduct,
  type Key,
  lack,
  launch,
  logOnWithKey,
  openConsole,
} from './browser.ts'

describe.skipIf(chromiumPath === undefined)(`the overview of the console${lack}`, () => {
  let sandbox: Sandbox
  let browser: Browser
  let away: string

  beforeAll(async () => {
    const starting = startSandbox()
    browser = await launch()
    sandbox = await starting
    away = await instanceOf(sandbox, 'sagdemo100wm')
    await sandbox.operator('device', 'power', 'sagdemo100wm', 'off')
    await sandbox.device('sagdemo100wm', ({ online }) => !online)
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.remove()
  })

  const needs = (page: Page) => page.getByRole('region', { name: 'Needs you' })

  /** The skeletons of all its cards are gone. */
  async function settled(page: Page): Promise<void> {
    await page.locator('h1').first().waitFor()
    await page.waitForFunction(() => document.querySelector('.skeleton') === null)
  }

  test('tells which gateway is offline and why after no click, and all that is known of it after one', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint, { start: '' })
    await logOnWithKey(page, sandbox)
    const row = needs(page).getByRole('listitem').filter({ hasText: 'Offline' })
    await row.getByText('It said goodbye').waitFor()
    expect(await row.getByRole('link').allTextContents()).toEqual(['demo-sag-100wm'])
    await needs(page).getByText('1 offline').waitFor()
    const day = page.getByRole('region', { name: 'The last 24 hours' })
    await day.getByRole('button', { name: 'Online' }).click()
    await day.getByText('Of the gateways that have ever been connected').waitFor()

    await row.getByRole('link', { name: 'demo-sag-100wm' }).click()
    await page.getByRole('heading', { name: /^demo-sag-100wm/ }).waitFor()
    const banner = page.getByRole('region', { name: 'Why sagdemo100wm is not online' })
    await banner.getByText(/^Offline for .+, since \d/).waitFor()
    await banner.getByText(/it said goodbye.*Last heartbeat at/).waitFor()
    await banner.getByText('Not the reason: offline lock · subscription · restart from here').waitFor()
    await page.getByRole('img', { name: /^sagdemo100wm: [\d.]+ % online since .* Offline: since/ }).waitFor()
    expectGoodConduct(trespasses)
    await close()
  })

  test('a line of several leads to the list of just those, a state to its gateways, a change to its record', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint, { start: '' })
    await logOnWithKey(page, sandbox)
    const several = needs(page).getByRole('listitem').filter({ hasText: 'Default password still set' })
    const name = (await several.getByRole('link').first().textContent()) ?? ''
    await several.getByRole('link', { name: /^\d+ gateways$/ }).click()
    await page.getByText(`${name.split(' ')[0]} found`).waitFor()
    expect(page.url()).toContain('#/fleet?q=password%3Adefault')

    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('list', { name: 'By state' }).getByRole('link', { name: '1 Offline' }).click()
    await page.getByText('1 found').waitFor()
    await page.getByRole('link', { name: 'demo-sag-100wm' }).waitFor()

    await page.getByRole('link', { name: 'Overview' }).click()
    const changes = page.getByRole('region', { name: 'Since yesterday' })
    await changes.getByRole('listitem').first().getByRole('link').click()
    await page.getByRole('heading', { name: 'Audit' }).waitFor()
    expect(page.url()).toMatch(/[?&]open=/)
    expectGoodConduct(trespasses)
    await close()
  })

  test.each([
    ['light', 'en-US', 1440],
    ['dark', 'zh-CN', 390],
  ] as const)('has no flaw that axe-core finds and fits, in %s colours, in %s, %i pixels wide', async (...given) => {
    const [colorScheme, locale, width] = given
    const options = { colorScheme, locale, viewport: { width, height: 844 }, start: '' }
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint, options)
    await logOnWithKey(page, sandbox)
    for (const address of ['#/overview', `#/fleet/${sandbox.regionId}/${away}`]) {
      await page.evaluate((hash) => {
        location.hash = hash
      }, address)
      await page.locator(address === '#/overview' ? '#needs-you' : '#uptime').waitFor()
      await settled(page)
      expect({ address, flaws: await accessibilityFlaws(page) }).toEqual({ address, flaws: [] })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect({ address, fits: wide <= width }).toEqual({ address, fits: true })
    }
    expectGoodConduct(trespasses)
    await close()
  })

  test('tells whom nothing is allowed what would have to be, and who may see one gateway of that one only', async () => {
    const nobody = await user('nobody')
    const first = await openConsole(browser, sandbox.endpoint, { start: '' })
    await logOnWithKey(first.page, nobody)
    await first.page.getByText('opensag:GetOverview').first().waitFor()
    await first.close()

    const one = await user('one', readOneGateway(await instanceOf(sandbox, 'sagdemo1000a')))
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint, { start: '' })
    await logOnWithKey(page, one)
    await page.getByText('those your permissions show; others are not known').waitFor()
    await page.getByText('of 1 online').waitFor()
    await settled(page)
    expect(await page.getByText('demo-sag-100wm').count()).toBe(0)
    // Sums tell of every gateway.
    expect(await page.getByRole('region', { name: 'The last 24 hours' }).count()).toBe(0)
    // Who changed what is not for them: said, and not shown as nothing.
    await page.getByRole('region', { name: 'Since yesterday' }).getByText('opensag:SearchAuditEvents').waitFor()
    expectGoodConduct(trespasses)
    await close()
  })

  async function user(UserName: string, PolicyDocument?: string): Promise<Key> {
    const call = async (action: string, params: Readonly<Record<string, string>>) => {
      const { status, body } = await send(sandbox.endpoint, signedBody(sandbox, action, params, '2015-05-01'))
      expect({ action, status, body }).toMatchObject({ status: 200 })
      return body
    }
    await call('CreateUser', { UserName })
    if (PolicyDocument !== undefined) {
      await call('CreatePolicy', { PolicyName: UserName, PolicyDocument })
      await call('AttachPolicyToUser', { UserName, PolicyName: UserName, PolicyType: 'Custom' })
    }
    const { AccessKey } = await call('CreateAccessKey', { UserName })
    const { AccessKeyId, AccessKeySecret } = AccessKey as { AccessKeyId: string; AccessKeySecret: string }
    return { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret }
  }

  describe('at a server without gateways', () => {
    let data: string
    let server: RunningServer

    beforeAll(async () => {
      data = await mkdtemp(join(tmpdir(), 'opensag-empty-'))
      const logger = pino({ level: 'silent' })
      const times = { heartbeatMs: 15_000, answerMs: 2000, auditDays: 1 }
      server = await startServer({ data, host: '127.0.0.1', port: 0, regionId: 'cn-shanghai', ...times, logger })
    })
    afterAll(async () => {
      await server?.close()
      await rm(data, { recursive: true, force: true })
    })

    test('says what will be here, and leads to the first gateway', async () => {
      const first = server.firstCredentials
      if (first === undefined) throw new Error('The first start makes an account.')
      const key = { accessKeyId: first.accessKeyId, accessKeySecret: first.accessKeySecret.reveal() }
      const { page, trespasses, close } = await openConsole(browser, server.url, { start: '' })
      await logOnWithKey(page, key)
      await page.getByText('No gateways yet.').waitFor()
      await page.getByText('which of them need you, and why').waitFor()
      await page.getByText('Nobody changed anything.').waitFor()
      expect(await accessibilityFlaws(page)).toEqual([])
      const add = page.getByRole('link', { name: 'Add a branch' })
      await add.click()
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      expect(page.url()).toMatch(/#\/branch$/)
      expectGoodConduct(trespasses)
      await close()
    })
  })
})
