import { historySentences } from '@opensag/rules'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sampleLanguages } from '../../packages/console/src/samples/languages.ts'
import { declared } from '../samples/calls.ts'
import { instanceOf } from '../support/api.ts'
import { logOn as logOnLocally, setFirstPassword } from '../support/local-console.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { limit } from '../support/time.ts'
import {
  accessibilityFlaws,
  chromiumPath,
  expectGoodConduct,
  lack,
  launch,
  logOnWithKey,
  type OpenPage,
  openConsole,
} from './browser.ts'

const serial = 'sagdemo100wm'

/** A slow shared machine is normal. */
const patience = { timeout: limit(20_000) }

describe.skipIf(chromiumPath === undefined).sequential(`the API Explorer${lack}`, () => {
  let sandbox: Sandbox
  let browser: Browser
  let instance: string
  let console_: string
  let open: OpenPage[] = []

  beforeAll(async () => {
    sandbox = await startSandbox()
    browser = await launch()
    console_ = (await sandbox.device(serial)).localConsole ?? ''
    instance = await instanceOf(sandbox, serial)
    expect(await setFirstPassword(console_, 'First_password1')).toBe(303)
  })

  afterAll(async () => {
    await browser?.close()
    await sandbox?.remove()
  })

  /** Whatever a test does: no error of the page, nothing against its policy, no request to anywhere else. */
  afterEach(async () => {
    const pages = open
    open = []
    for (const { close } of pages) await close()
    for (const { trespasses } of pages) expectGoodConduct(trespasses)
  })

  interface Explorer {
    readonly page: Page
    /** Every address that was asked for or shown. */
    readonly addresses: readonly string[]
  }

  /** Somebody who opens an address inside the console and logs on. */
  async function at(hash: string, options: BrowserContextOptions = {}): Promise<Explorer> {
    const opened = await openConsole(browser, sandbox.endpoint, options)
    open.push(opened)
    const { page } = opened
    const addresses: string[] = []
    page.on('request', (request) => addresses.push(request.url()))
    page.on('framenavigated', (frame) => addresses.push(frame.url()))
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: sandbox.endpoint })
    await go(page, hash)
    await logOnWithKey(page, sandbox)
    return { page, addresses }
  }

  async function go(page: Page, hash: string): Promise<void> {
    await page.evaluate(`location.hash = ${JSON.stringify(hash)}`)
  }

  const field = (page: Page, name: string) => page.locator(`[id="param-${name}"]`)
  const outcome = (page: Page) => page.locator('#outcome')
  const passwordForm = (): string =>
    `#/explorer/Smartag/ModifySAGAdminPassword?RegionId=cn-shanghai&SmartAGId=${instance}&SmartAGSn=${serial}`

  async function run(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await outcome(page).locator('.badge').waitFor()
  }

  test.each([
    ['JSON', 'Explorer_json_1', /^\{\n {2}"RequestId": "[-0-9A-F]{36}"\n\}$/],
    ['XML', 'Explorer_xml_1', /<ModifySAGAdminPasswordResponse>\n {2}<RequestId>[-0-9A-F]{36}<\/RequestId>/],
  ] as const)('sets a password, answered in %s, and it opens the local console', async (format, password, answer) => {
    const { page } = await at('#/explorer')
    await page.getByRole('searchbox').fill('administrator password of one gateway')
    await page.getByRole('link', { name: 'ModifySAGAdminPassword' }).click()
    await field(page, 'SmartAGId').fill(instance)
    await field(page, 'SmartAGSn').fill(serial)
    await field(page, 'Password').fill(password)
    await page.getByRole('button', { name: format }).click()
    await run(page)
    await expect.poll(() => outcome(page).innerText(), patience).toContain('HTTP 200')
    expect(await outcome(page).locator('pre').first().innerText()).toMatch(answer)
    expect(await outcome(page).innerText()).toMatch(/\d+ ms/)
    expect(await logOnLocally(console_, password)).toBe(303)

    await page.getByRole('button', { name: 'Signed request' }).click()
    const [canonical = '', toSign, signature = '', sent] = await outcome(page).locator('pre').allInnerTexts()
    expect(canonical).toMatch(/^POST\n\/\n\ncontent-type:application\/x-www-form-urlencoded\nhost:127\.0\.0\.1/)
    expect(canonical).toContain('\nx-acs-action:ModifySAGAdminPassword\n')
    expect(toSign).toMatch(/^ACS3-HMAC-SHA256\n[0-9a-f]{64}$/)
    expect(signature).toMatch(/^[0-9a-f]{64}$/)
    expect(sent).toContain(`Signature=${signature}`)
    expect(sent).toContain(`SmartAGSn=${serial}&Password=••••••••`)
    expect(await page.content()).not.toContain(password)
  })

  test('tells of a gateway that is offline what the error means there, why, and what to do', async () => {
    await sandbox.operator('device', 'power', serial, 'off')
    await sandbox.device(serial, ({ online }) => !online)
    const { page } = await at(passwordForm())
    await field(page, 'Password').fill('Never_in_force1')
    await run(page)
    const text = await outcome(page).innerText()
    expect(text).toContain('HTTP 400')
    expect(text).toContain('SmartAccessGatewayOffline')
    expect(text).toContain('The request cannot be completed. The Smart Access Gateway is offline.')
    expect(text).toMatch(/Why: \S+[\s\S]*What to do: [\s\S]*opensag operator device list/)

    await outcome(page).getByRole('link', { name: 'SmartAccessGatewayOffline' }).click()
    await page.getByRole('heading', { level: 1, name: 'SmartAccessGatewayOffline' }).waitFor()
    await page.getByRole('link', { name: 'ModifySAGAdminPassword' }).first().waitFor()
    await page.getByRole('link', { name: 'Error reference' }).click()
    await page.getByRole('searchbox').fill('offline ModifySAGAdminPassword')
    await page.getByRole('link', { name: 'SmartAccessGatewayOffline' }).waitFor()

    await sandbox.operator('device', 'power', serial, 'on')
    await sandbox.device(serial)
    expect(await logOnLocally(console_, 'Never_in_force1')).toBe(401)
  })

  test('a copied link fills the form again, and a secret is in no address, program or store', async () => {
    const secret = 'Never_in_a_link1'
    const first = await at(passwordForm())
    await field(first.page, 'SmartAGSn').fill('another serial & more')
    await field(first.page, 'Password').fill(secret)
    await first.page.getByRole('button', { name: 'Copy link' }).click()
    const link = await first.page.evaluate<string>('navigator.clipboard.readText()')
    expect(link).toContain(`SmartAGId=${instance}`)
    await first.page.getByRole('button', { name: 'Code samples' }).click()
    for (const { label } of sampleLanguages) {
      await outcome(first.page).getByRole('button', { name: label, exact: true }).click()
      expect(await outcome(first.page).innerText()).not.toContain(secret)
    }
    const kept = await first.page.evaluate<string>(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state])',
    )
    expect([link, kept, ...first.addresses].filter((text) => text.includes(secret))).toEqual([])

    const { page, addresses } = await at(new URL(`${link}&Password=typed_by_hand`).hash)
    await expect.poll(() => field(page, 'SmartAGSn').inputValue(), patience).toBe('another serial & more')
    expect(await field(page, 'SmartAGId').inputValue()).toBe(instance)
    expect(await field(page, 'Password').inputValue()).toBe('')
    expect(page.url()).not.toContain('typed_by_hand')
    expect(addresses.at(-1)).not.toContain('typed_by_hand')
  })

  test('tells what the API will refuse before it is sent, and sends it all the same when asked to', async () => {
    const { page } = await at(passwordForm())
    await field(page, 'Password').fill('short')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    expect(await field(page, 'Password').getAttribute('aria-invalid')).toBe('true')
    await expect.poll(() => page.evaluate('document.activeElement?.id'), patience).toBe('param-Password')
    await page.getByRole('button', { name: 'Send anyway' }).click()
    await outcome(page).getByRole('link', { name: 'IllegalParam.Password' }).waitFor()
  })

  test('lists and lists of objects are filled in, sent and kept in the link', async () => {
    const { page } = await at('#/explorer/Smartag/DescribeSmartAccessGateways')
    await page.getByRole('button', { name: 'Add to SmartAGIds' }).click()
    await field(page, 'SmartAGIds.1').fill(instance)
    await run(page)
    expect(JSON.parse(await outcome(page).locator('pre').first().innerText())).toMatchObject({
      TotalCount: 1,
      SmartAccessGateways: { SmartAccessGateway: [{ SmartAGId: instance }] },
    })
    expect(page.url()).toContain(`SmartAGIds.1=${instance}`)
    await go(
      page,
      `#/explorer/Smartag/ModifySmartAccessGateway?SmartAGId=${instance}&SnatEntries.1.CidrBlock=10.2.0.0/28`,
    )
    await expect.poll(() => field(page, 'SnatEntries.1.CidrBlock').inputValue(), patience).toBe('10.2.0.0/28')
    await page.getByRole('button', { name: 'Remove SnatEntries.1' }).click()
    expect(page.url()).not.toContain('SnatEntries')
  })

  test('the keyboard alone finds an operation, fills in its form, runs it and copies a program', async () => {
    const { page } = await at('#/explorer')
    const { keyboard } = page
    const focused = () => page.evaluate<string>("document.activeElement?.id ?? ''")
    await page.getByRole('searchbox').focus()
    await keyboard.type('ModifySAGAdminPassword')
    await keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: /ModifySAGAdminPassword/ }).waitFor()
    for (const [name, value] of [
      ['SmartAGId', instance],
      ['SmartAGSn', serial],
      ['Password', 'By_keyboard_1'],
    ] as const) {
      for (let step = 0; step < 30 && (await focused()) !== `param-${name}`; step++) await keyboard.press('Tab')
      expect(await focused()).toBe(`param-${name}`)
      await keyboard.type(value)
    }
    await keyboard.press('Control+Enter')
    await page.getByRole('status').filter({ hasText: 'Answered HTTP 200' }).waitFor({ state: 'attached' })
    expect(await logOnLocally(console_, 'By_keyboard_1')).toBe(303)

    const pressed = () => page.evaluate('document.activeElement?.textContent?.trim()')
    for (let step = 0; step < 30 && (await pressed()) !== 'Code samples'; step++) await keyboard.press('Tab')
    await keyboard.press('Enter')
    const label = () => page.evaluate("document.activeElement?.getAttribute('aria-label')")
    for (let step = 0; step < 30 && (await label()) !== 'Copy: sample.mts'; step++) await keyboard.press('Tab')
    await keyboard.press('Enter')
    const copied = await page.evaluate<string>('navigator.clipboard.readText()')
    expect(copied).toContain("action: 'ModifySAGAdminPassword'")
    expect(copied).toContain("fromEnvironment('PARAM_PASSWORD')")
    expect(copied).not.toContain('By_keyboard_1')
  })

  test('is fetched when it is first looked at, and small', async () => {
    const { page, addresses } = await at('#/outbox')
    const explorer = (): string | undefined =>
      addresses.find((address) => /\/assets\/Explorer-[\w-]+\.js$/.test(address))
    await page.locator('h1').first().waitFor()
    expect(explorer()).toBeUndefined()
    await go(page, '#/explorer')
    await page.locator('.operations').first().waitFor()
    const answer = await fetch(explorer() ?? '', { headers: { 'accept-encoding': 'br' } })
    expect(answer.headers.get('content-encoding')).toBe('br')
    expect(Number(answer.headers.get('content-length'))).toBeLessThan(32 * 1024)
  })

  test('the documentation ends with the change history of the operation, in both languages', async () => {
    const own = declared.find(({ operation }) => operation.name === 'ListFleet')?.operation.history ?? []
    expect(own.length).toBeGreaterThan(1)
    const { page } = await at('#/explorer/documentation/OpenSAG/ListFleet')
    for (const language of ['en', 'zh'] as const) {
      if (language === 'zh') await page.getByRole('button', { name: '中文' }).click()
      const rows = page.locator('section.card').last().locator('tbody tr')
      await page.getByRole('heading', { name: language === 'zh' ? '变更历史' : 'Change history' }).waitFor()
      const shown = await rows.locator('td').allInnerTexts()
      expect(shown.map(words)).toEqual(own.map((entry) => words(historySentences(entry, language).join(' '))))
      expect(await rows.last().locator('th').innerText()).toMatch(/^0\.1\.0\s+2026-11-28$/)
    }
  })

  test('the documentation prints the call that was recorded and its answers, and no secret of it', async () => {
    const { page } = await at('#/explorer/documentation/Smartag/ModifySAGAdminPassword')
    const sample = page.locator('section.card').filter({ has: page.getByRole('heading', { name: 'Sample' }) })
    await sample.getByText('Recorded:').waitFor()
    for (const name of ['ModifySAGAdminPassword', 'CreateAccessKey', 'DescribeSmartAccessGatewayAttribute']) {
      const own = declared.find(({ operation }) => operation.name === name)
      if (own === undefined) throw new Error(`There is no operation ${name}.`)
      await go(page, `#/explorer/documentation/${own.api.product}/${name}`)
      await page.getByRole('heading', { level: 1, name }).waitFor()
      const { request, json, xml } = own.operation.sample
      const shown = await sample.locator('pre').allInnerTexts()
      expect(shown.map(words)).toEqual([request, json, xml].map(words))
    }
    await go(page, '#/explorer/documentation/Ram/CreateAccessKey')
    await expect.poll(() => sample.innerText(), patience).toContain('"AccessKeySecret": "********"')
  })

  /** Without the marks of what is typed or sent, and however lines are broken. */
  const words = (text: string): string => text.replaceAll('`', '').replace(/\s+/g, '')

  test('speaks both languages, also about errors', async () => {
    const { page } = await at('#/explorer/documentation/Smartag/ModifySAGAdminPassword', { locale: 'zh-CN' })
    await page.getByText('设置一台网关设备的管理员密码').first().waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    expect(await page.locator('.errors').innerText()).toContain('网关')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('Set the administrator password of one gateway device.').first().waitFor()
    await page.getByRole('button', { name: '中文' }).click()
    await go(page, '#/explorer/errors/SmartAccessGatewayOffline')
    await page.getByText('原因').first().waitFor()
  })

  test(
    'every operation has its page: documentation, form and programs',
    async () => {
      const { page } = await at('#/explorer')
      await page.locator('.operations').first().waitFor()
      const links = await page.locator('.operations a').allInnerTexts()
      expect([...links].sort()).toEqual(declared.map(({ operation }) => operation.name).sort())
      for (const { api, operation } of declared) {
        await go(page, `#/explorer/${api.product}/${operation.name}`)
        await page.getByRole('heading', { level: 1, name: operation.name }).waitFor()
        const looked = operation.params.filter(({ ignored }) => ignored !== true)
        expect(await page.locator('form [id^="param-"]:is(input, select, textarea, fieldset)').count()).toBe(
          looked.length,
        )
      }
    },
    limit(180_000),
  )

  test.each([
    ['1440 light', { viewport: { width: 1440, height: 900 }, colorScheme: 'light' }],
    ['1440 dark', { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' }],
    ['390 light', { viewport: { width: 390, height: 844 }, colorScheme: 'light' }],
    ['390 dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
  ] as const)(
    'breaks no rule of accessibility and fits its width, %s',
    async (_title, options) => {
      const { page } = await at('#/explorer', options)
      const found: string[] = []
      async function look(what: string): Promise<void> {
        await page.evaluate('scrollTo(0, 0)')
        found.push(...(await accessibilityFlaws(page)).map((violation) => `${what}: ${violation}`))
        const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
        if (over > 0) found.push(`${what}: ${over} px too wide`)
      }
      await page.locator('.operations').first().waitFor()
      await look('list')
      await go(page, passwordForm())
      await page.locator('.languages').waitFor()
      await look('form and programs')
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      await page.getByRole('alert').waitFor()
      await look('mistakes')
      await page.getByRole('button', { name: 'Send anyway' }).click()
      await outcome(page).locator('.badge').waitFor()
      await look('refused')
      await page.getByRole('button', { name: 'Signed request' }).click()
      await look('signed request')
      await go(page, '#/explorer/documentation/Smartag/ModifySmartAccessGateway')
      await page.locator('.errors').waitFor()
      await look('documentation')
      await go(page, '#/explorer/errors')
      await page.locator('.meanings').first().waitFor()
      await look('errors')
      await go(page, '#/explorer/errors/ResourceInOperating')
      await page.locator('.facts').first().waitFor()
      await look('error')
      expect(found).toEqual([])
    },
    limit(180_000),
  )
})
