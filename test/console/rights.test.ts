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

describe.skipIf(chromiumPath === undefined)(`the console as a user with few rights${lack}`, () => {
  let sandbox: Sandbox
  let browser: Browser
  /** In a network with others. */
  let pair: string
  let members: number
  let network: string

  beforeAll(async () => {
    sandbox = await startSandbox()
    browser = await launch()
    pair = await instanceOf(sandbox, 'sagdemo1000a')
    const { CloudConnectNetworks } = await call('DescribeCloudConnectNetworks', { RegionId: sandbox.regionId })
    const [ccn] = (CloudConnectNetworks as { CloudConnectNetwork: Record<string, string>[] }).CloudConnectNetwork
    network = ccn?.['Name'] ?? ''
    members = Number(ccn?.['AssociatedCloudBoxCount'])
    expect(members).toBeGreaterThan(1)
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.remove()
  })

  async function call(action: string, params: Readonly<Record<string, string>>, version = '2018-03-13') {
    const { status, body } = await send(sandbox.endpoint, signedBody(sandbox, action, params, version))
    expect({ action, status, body }).toMatchObject({ status: 200 })
    return body
  }

  /** A user with this policy only, and the key to log on with. */
  async function user(UserName: string, policy: { readonly name: string; readonly document?: string }): Promise<Key> {
    const ram = '2015-05-01'
    const PolicyType = policy.document === undefined ? 'System' : 'Custom'
    const PolicyName = policy.name
    if (policy.document !== undefined) await call('CreatePolicy', { PolicyName, PolicyDocument: policy.document }, ram)
    await call('CreateUser', { UserName }, ram)
    await call('AttachPolicyToUser', { UserName, PolicyName, PolicyType }, ram)
    const { AccessKey } = await call('CreateAccessKey', { UserName }, ram)
    const { AccessKeyId, AccessKeySecret } = AccessKey as { AccessKeyId: string; AccessKeySecret: string }
    return { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret }
  }

  async function open(page: Page, hash: string): Promise<void> {
    await page.evaluate((address) => {
      location.hash = address
    }, hash)
    await page.locator('h1').first().waitFor()
    await page.waitForFunction(() => document.querySelector('.skeleton') === null)
  }

  const atInstance = (): string => `#/fleet/${sandbox.regionId}/${pair}`

  test('with the official read-only policy sees the fleet, its networks and each gateway whole', async () => {
    const key = await user('official', { name: 'AliyunSmartAccessGatewayReadOnlyAccess' })
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, key)
    await page.getByRole('link', { name: 'demo-sag-100wm' }).waitFor()
    for (const address of ['#/fleet', '#/networks', atInstance(), '#/remote']) {
      await open(page, address)
      expect({ address, alerts: await page.getByRole('alert').allTextContents() }).toEqual({ address, alerts: [] })
      // Of a gateway only who changed it: that is in the audit, which the policy does not show.
      const unknown = address.startsWith('#/fleet/') ? 1 : 0
      expect({ address, unknown: await page.getByText('Not known').count() }).toEqual({ address, unknown })
      expect(await accessibilityFlaws(page)).toEqual([])
    }
    await open(page, '#/networks')
    await page
      .getByRole('row', { name: network })
      .getByRole('link', { name: String(members), exact: true })
      .waitFor()
    // An order is not among what it may do, and not drawn as possible.
    await open(page, '#/fleet')
    const branch = page.getByRole('button', { name: 'Add a branch' })
    await branch.waitFor()
    expect(await branch.getAttribute('aria-disabled')).toBe('true')
    await open(page, '#/audit')
    await page.getByText('opensag:SearchAuditEvents').first().waitFor()
    // What one may not use is in no menu; its address says what is missing, for whoever can give it.
    const menu = page.getByRole('navigation', { name: 'Main' })
    await menu.getByRole('link', { name: 'Fleet' }).waitFor()
    for (const name of ['Audit', 'Password rotation']) expect(await menu.getByRole('link', { name }).count()).toBe(0)
    await page.getByRole('button', { name: 'Copy for an administrator' }).waitFor()
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Audit')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search everything' }).fill('audit')
    await page.getByText('LookupEvents').first().waitFor()
    expect(await page.getByRole('option', { name: 'Audit', exact: true }).count()).toBe(0)
    await page.keyboard.press('Escape')
    expectGoodConduct(trespasses)
    await close()
  })

  test.each([
    [
      'en-US',
      'Not known',
      'those your permissions show; others are not known',
      /^Your permissions show no SAG APP instance/,
    ],
    ['zh-CN', '未知', '仅限您有权限查看的实例，其他实例未知', /^您的权限无法查看任何 SAG APP 实例/],
  ])(
    'with a policy on one gateway sees that one, and what it may not read as not known, in %s',
    async (locale, unknown, inPart, noApp) => {
      const key = await user(`reader-${locale}`, { name: `read-one-${locale}`, document: readOneGateway(pair) })
      const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint, { locale })
      await logOnWithKey(page, key)
      await page.getByText(inPart).waitFor()
      expect(await page.getByRole('link', { name: /^demo-/ }).allTextContents()).toHaveLength(1)

      await open(page, atInstance())
      const device = page.getByRole('region', { name: 'sagdemo1000a', exact: true })
      await device.getByText('sag-1000').waitFor()
      await page.waitForFunction((word) => document.body.textContent?.includes(word), unknown)
      // Attribute translation and grants are read for all gateways or none.
      const cards = page.locator('section.card', { hasText: 'smartag:Describe' })
      await cards.nth(1).waitFor()
      expect(await cards.count()).toBe(2)
      const map = page.locator('figure svg').first()
      const drawn = (await map.getAttribute('aria-label')) ?? ''
      expect(drawn).toContain(unknown)
      expect(drawn).not.toMatch(/Free|空闲/)
      expect(await accessibilityFlaws(page)).toEqual([])

      await open(page, '#/networks')
      await page.getByRole('main').getByText('smartag:DescribeCloudConnectNetworks').waitFor()
      await open(page, '#/remote')
      await page.getByText(noApp).waitFor()
      expectGoodConduct(trespasses)
      await close()
    },
  )

  test('a page of a gateway that may not be read shows nothing of the one that was seen before', async () => {
    const key = await user('follower', { name: 'read-one-then-another', document: readOneGateway(pair) })
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, key)
    await open(page, atInstance())
    await page.getByRole('heading', { name: /demo-sag-1000-pair/ }).waitFor()
    await open(page, `#/fleet/${sandbox.regionId}/${await instanceOf(sandbox, 'sagdemo100wm')}`)
    await page.getByRole('alert').getByText('smartag:DescribeSmartAccessGatewayAttribute').waitFor()
    expect(await page.getByRole('main').textContent()).not.toContain('sagdemo1000')
    expect(await page.getByRole('main').textContent()).not.toContain('demo-sag-1000-pair')
    expectGoodConduct(trespasses)
    await close()
  })

  test('with one gateway and its network sees how many members it has, and that the others are not known', async () => {
    const both = JSON.parse(readOneGateway(pair)) as { Statement: object[] }
    const networks = { Effect: 'Allow', Action: 'smartag:DescribeCloudConnectNetworks', Resource: '*' }
    const document = JSON.stringify({ Version: '1', Statement: [...both.Statement, networks] })
    const key = await user('neighbour', { name: 'one-and-networks', document })
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, key)
    await open(page, '#/networks')
    await page
      .getByRole('row', { name: network })
      .getByRole('link', { name: String(members), exact: true })
      .waitFor()
    await page.getByRole('link', { name: network, exact: true }).click()
    await page.getByText(`${members - 1} more not known`).waitFor()
    await page.getByRole('heading', { name: `Members · ${members}` }).waitFor()
    await open(page, atInstance())
    const map = page.locator('figure svg').first()
    await map.waitFor()
    expect(await map.getAttribute('aria-label')).not.toContain('Free')
    expectGoodConduct(trespasses)
    await close()
  })

  test('the policy for one gateway is ready to be saved, and the tester says what is granted on * only', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await open(page, '#/access/policies/new')
    await page.getByLabel('Policy name').fill('from-template')
    await page.getByLabel('Start from').selectOption('Read one gateway only')
    await page.getByLabel('Gateway', { exact: true }).fill(pair)
    await page.getByRole('button', { name: 'Create policy' }).click()
    await page.getByRole('heading', { name: 'from-template' }).waitFor()
    const { DefaultPolicyVersion } = await call(
      'GetPolicy',
      { PolicyName: 'from-template', PolicyType: 'Custom' },
      '2015-05-01',
    )
    const { PolicyDocument } = DefaultPolicyVersion as { PolicyDocument: string }
    expect(JSON.parse(PolicyDocument)).toEqual(JSON.parse(readOneGateway(pair)))

    await user('tested', { name: 'one-tested', document: readOneGateway(pair) })
    await open(page, '#/access/test')
    await page.getByLabel('Name', { exact: true }).fill('tested')
    await page.getByLabel('Action', { exact: true }).fill('smartag:DescribeSnatEntries')
    await page.getByLabel(/^Resource/).fill(`acs:smartag:*:${sandbox.accountId}:smartag/${pair}`)
    await page.getByRole('button', { name: 'Decide' }).click()
    await page.getByText('This action is granted on * only').waitFor()
    await page.getByText('Denied', { exact: true }).waitFor()
    await page.getByLabel('Action', { exact: true }).fill('smartag:DescribeSmartAccessGateways')
    await page.getByLabel(/^Resource/).fill('')
    await page.getByRole('button', { name: 'Decide' }).click()
    await page.getByText('The list shows what the statements allow').waitFor()
    expectGoodConduct(trespasses)
    await close()
  })

  test('the account itself sees which blocks are free', async () => {
    const { page, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await open(page, atInstance())
    await page.locator('figure svg[aria-label*="Free"]').first().waitFor()
    expect(await page.getByText('Not known').count()).toBe(0)
    await close()
  })
})
