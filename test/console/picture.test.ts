import { smartagClient } from '@opensag/smartag-client'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instanceOf } from '../support/api.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import {
  accessibilityFlaws,
  chromiumPath,
  expectGoodConduct,
  lack,
  launch,
  logOnWithKey,
  openConsole,
} from './browser.ts'

describe.skipIf(chromiumPath === undefined)(`the picture of the networks${lack}`, () => {
  let sandbox: Sandbox
  let browser: Browser
  let retail: string

  /** `demo` and `plants` are in one CEN, with a branch each that has the same addresses; `partners` is in none. */
  beforeAll(async () => {
    const starting = startSandbox()
    browser = await launch()
    sandbox = await starting
    const client = smartagClient({ endpoint: sandbox.endpoint, key: sandbox })
    const place = { RegionId: sandbox.regionId }
    const [demo] = (await client.call('DescribeCloudConnectNetworks', place)).CloudConnectNetworks.CloudConnectNetwork
    const from = { ...place, CcnId: demo?.CcnId ?? '' }
    const make = async (Name: string) =>
      String((await client.call('CreateCloudConnectNetwork', { ...place, Name })).CcnId)
    retail = from.CcnId
    const plants = { ...place, CcnId: await make('plants') }
    await make('partners')
    await client.call('ModifyCloudConnectNetwork', { ...from, Name: 'retail' })
    const moved = { SmartAGId: await instanceOf(sandbox, 'sagdemo5000a') }
    await client.call('UnbindSmartAccessGateway', { ...from, ...moved })
    await client.call('ModifySmartAccessGateway', { ...place, ...moved, CidrBlock: '10.2.0.0/25' })
    await client.call('BindSmartAccessGateway', { ...plants, ...moved })
    for (const network of [from, plants]) await client.call('AttachCcnInstanceToCen', { ...network, CenId: 'cen-one' })
    await sandbox.operator('device', 'power', 'sagdemo100wm', 'off')
    await sandbox.device('sagdemo100wm', ({ online }) => !online)
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.remove()
  })

  test('shows which network is ill after no click, whom it reaches after one, and leads from an overlap to both branches', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint, { start: '#/fleet?view=picture' })
    // A gateway that began a moment ago has counted nothing yet.
    await page.route('**/*', (route) => {
      if (route.request().headers()['x-acs-action'] !== 'ListNetworkTraffic') return route.fallback()
      const Networks = [{ CcnId: retail, BitsPerSecond: 12_000_000, Gateways: 3 }]
      return route.fulfill({ json: { RequestId: 'of-the-test', Networks, Instances: [] } })
    })
    await logOnWithKey(page, sandbox)
    await page.getByText(/^1 of 3 networks in trouble/).waitFor()
    const first = page.getByRole('list', { name: 'Attached to cen-one' }).first().getByRole('listitem').first()
    await first.getByText('1 offline or locked').waitFor()
    expect(await first.getByRole('heading').textContent()).toContain('retail')
    expect(await first.getByRole('link', { name: 'demo-sag-100wm' }).count()).toBe(1)

    // What each carries is told where its gateways count it, and said not to be known of what has none.
    const carries = page.getByTitle(/^Carried both ways/)
    await first
      .getByTitle(/^Carried both ways/)
      .filter({ hasText: '12 Mbit/s' })
      .waitFor()
    expect(await carries.filter({ hasText: 'Traffic not known' }).count()).toBe(2)
    expect(await first.evaluate((block) => getComputedStyle(block, '::before').height)).toBe('8px')

    await page.getByRole('button', { name: 'plants' }).click()
    const card = page.getByRole('region', { name: 'plants' })
    await card.getByText(/^Reaches 1 network, 4 gateways$/).waitFor()
    await card.getByRole('link', { name: 'retail' }).waitFor()
    expect(await page.getByRole('button', { name: 'plants' }).getAttribute('aria-pressed')).toBe('true')
    const blocks = page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3 }) })
    const look = async (name: string) => blocks.filter({ hasText: name }).first().getAttribute('class')
    expect(await look('retail')).toContain('lit')
    expect(await look('partners')).toContain('dim')
    expect(page.url()).toMatch(/[?&]at=ccn-/)

    const overlaps = page.getByRole('region', { name: 'Overlapping addresses' })
    await overlaps.getByText('10.2.0.0/25').waitFor()
    await overlaps.getByText('10.2.0.0/24').waitFor()
    expect(await accessibilityFlaws(page)).toEqual([])
    await overlaps.getByRole('link', { name: 'demo-scg5000' }).click()
    await page.getByRole('heading', { name: /^demo-scg5000/, level: 1 }).waitFor()
    await page.goBack()
    await overlaps.getByRole('link', { name: 'demo-sag-100wm' }).click()
    await page.getByRole('heading', { name: /^demo-sag-100wm/, level: 1 }).waitFor()
    expectGoodConduct(trespasses)
    await close()
  })

  test('lights by keyboard, zooms in on a network and comes back, and keeps to the filter', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint, {
      start: '#/fleet?view=picture',
      viewport: { width: 390, height: 844 },
    })
    await logOnWithKey(page, sandbox)
    const retail = page.getByRole('button', { name: 'retail' })
    await retail.waitFor()
    await page.keyboard.press('Tab')
    await retail.focus()
    await page.locator('li.chosen', { hasText: 'retail' }).waitFor()
    await page.keyboard.press('Enter')
    await page
      .getByRole('region', { name: 'retail' })
      .getByText(/^Reaches 1 network/)
      .waitFor()

    await page.getByRole('link', { name: 'Zoom in on retail' }).click()
    const offline = page.getByRole('list', { name: 'Offline' })
    await offline.getByRole('link', { name: /^demo-sag-100wm/ }).waitFor()
    expect(await offline.getByRole('listitem').count()).toBe(1)
    expect(await accessibilityFlaws(page)).toEqual([])
    await page.getByRole('searchbox', { name: 'Search' }).fill('demo-scg5000')
    await page
      .getByRole('list', { name: 'Online' })
      .getByRole('link', { name: /^demo-scg5000-old/ })
      .waitFor()
    await offline.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'All networks' }).click()
    await page.getByText('1 of 1 gateways').waitFor()
    expect(await page.getByRole('button', { name: 'partners' }).count()).toBe(0)
    expectGoodConduct(trespasses)
    await close()
  })
})
