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
  /** Of somebody who has logged on once: what a test leaves in it, the next one leads away from. */
  let shared: OpenPage | undefined

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
    for (const { trespasses } of [...pages, ...(shared ? [shared] : [])]) expectGoodConduct(trespasses)
  })

  interface Explorer {
    readonly page: Page
    /** Every address that was asked for or shown. */
    readonly addresses: readonly string[]
  }

  /** The address in the page that all tests share: of somebody who is logged on already. */
  async function at(hash: string): Promise<Explorer> {
    shared ??= await opened()
    const { page } = shared
    const addresses = addressesOf(page)
    await go(page, '#/explorer')
    await page.locator('.operations').first().waitFor()
    await go(page, hash)
    return { page, addresses }
  }

  /** Somebody else, with a browser of their own, who opens an address inside the console and logs on. */
  async function anew(hash: string, options: BrowserContextOptions = {}): Promise<Explorer> {
    const one = await opened(hash, options)
    open.push(one)
    return { page: one.page, addresses: one.addresses }
  }

  async function opened(hash = '#/explorer', options: BrowserContextOptions = {}): Promise<OpenPage & Explorer> {
    const one = await openConsole(browser, sandbox.endpoint, options)
    const { page } = one
    const addresses = addressesOf(page)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: sandbox.endpoint })
    await go(page, hash)
    await logOnWithKey(page, sandbox)
    return { ...one, addresses }
  }

  function addressesOf(page: Page): readonly string[] {
    const addresses: string[] = []
    page.on('request', (request) => addresses.push(request.url()))
    page.on('framenavigated', (frame) => addresses.push(frame.url()))
    return addresses
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
    await run(first.page)
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
    expect(kept).toContain('another serial & more')
    expect([link, kept, ...first.addresses].filter((text) => text.includes(secret))).toEqual([])

    const { page, addresses } = await anew(new URL(`${link}&Password=typed_by_hand`).hash)
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

  test('offers what one may list: instances by name, the serial numbers of the one that is chosen, networks', async () => {
    const { page } = await at('#/explorer/Smartag/ModifySAGAdminPassword')
    const { keyboard } = page
    const options = page.locator('[role=option]')
    await field(page, 'SmartAGId').click()
    await options.nth(1).waitFor()
    await keyboard.type('100wm')
    await expect.poll(() => options.allInnerTexts(), patience).toEqual([expect.stringContaining(instance)])
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    expect(await field(page, 'SmartAGId').inputValue()).toBe(instance)
    await field(page, 'SmartAGSn').press('ArrowDown')
    await expect.poll(() => options.allInnerTexts(), patience).toEqual([expect.stringContaining(serial)])
    await options.first().click()
    expect(await field(page, 'SmartAGSn').inputValue()).toBe(serial)
    expect(page.url()).toContain(`SmartAGId=${instance}&SmartAGSn=${serial}`)

    await go(page, '#/explorer/Smartag/ModifyQosCar')
    await field(page, 'QosCarId').click()
    await page.getByText('Fill in QosId first.').waitFor()
    await keyboard.press('Escape')
    await field(page, 'QosId').fill('qos-of-nobody')
    await field(page, 'QosCarId').click()
    await page
      .getByText('None found. Any text can be typed.')
      .or(page.getByText('The list could not be read.'))
      .waitFor()
    await go(page, '#/explorer/Smartag/BindSmartAccessGateway')
    await field(page, 'CcnId').click()
    await options.filter({ hasText: 'demo-network' }).click()
    expect(await field(page, 'CcnId').inputValue()).toMatch(/^ccn-/)
  })

  test('lists the calls that were made and saved, opens them again, and compares two answers', async () => {
    const { page } = await anew('#/explorer/Smartag/DescribeSmartAccessGateways?PageSize=2')
    await run(page)
    await page.getByRole('button', { name: 'Save call' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('Two gateways')
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
    await field(page, 'PageSize').fill('1')
    await run(page)
    await page.getByRole('link', { name: 'Compare with the call before' }).click()
    await page.getByRole('heading', { name: '2 differences' }).waitFor()
    const changes = await page.locator('dl.block .field').allInnerTexts()
    expect(changes[0]).toMatch(/PageSize\s+−\s*Before\s*2\s+\+\s*After\s*1/i)
    expect(changes[1]).toMatch(/SmartAccessGateway\[sag-\w+\]/)

    await page.getByRole('link', { name: 'Calls', exact: true }).click()
    await page.getByRole('heading', { name: 'Calls', level: 1 }).waitFor()
    expect(await page.getByRole('checkbox').count()).toBe(2)
    await page.getByRole('link', { name: 'Two gateways' }).click()
    await expect.poll(() => field(page, 'PageSize').inputValue(), patience).toBe('2')

    // Another day: the calls are there, and what they were answered is not.
    await page.reload()
    await logOnWithKey(page, sandbox)
    await go(page, '#/explorer/calls')
    await page.getByRole('checkbox').nth(1).waitFor()
    expect(await page.getByRole('checkbox').first().isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Clear the history' }).click()
    await page.getByText('No call yet').waitFor()
    await page.getByRole('link', { name: 'Two gateways' }).waitFor()
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
    const { page } = await anew('#/explorer')
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
    const { page, addresses } = await anew('#/outbox')
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
    await page.getByRole('button', { name: 'English' }).click()
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
    const { page } = await anew('#/explorer/documentation/Smartag/ModifySAGAdminPassword', { locale: 'zh-CN' })
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
      const pages = await Promise.all([anew('#/explorer'), anew('#/explorer')])
      const [{ page }] = pages
      await page.locator('.operations').first().waitFor()
      const links = await page.locator('.operations a').allInnerTexts()
      expect([...links].sort()).toEqual(declared.map(({ operation }) => operation.name).sort())
      const half = Math.ceil(declared.length / 2)
      const parts = [declared.slice(0, half), declared.slice(half)]
      const counted = await Promise.all(pages.map((one, index) => fieldsOf(one.page, parts[index] ?? [])))
      const looked = declared.map(({ operation: { name, params } }): readonly [string, number] => [
        name,
        params.filter(({ ignored }) => ignored !== true).length,
      ])
      expect(counted.flat()).toEqual(looked)
    },
    limit(180_000),
  )

  /** Opens the page of each operation, one after the other, and counts the fields of its form. */
  function fieldsOf(page: Page, operations: typeof declared): Promise<readonly (readonly [string, number])[]> {
    return page.evaluate(
      async (names) => {
        const main = document.querySelector<HTMLElement>('#content')
        // Half of the time would go into the layout of what nobody looks at.
        if (main) main.style.display = 'none'
        const counted: [string, number][] = []
        for (const [product, name] of names) {
          location.hash = `#/explorer/${product}/${name}`
          await new Promise<void>((resolve) => {
            const look = (): void => {
              if (document.querySelector('h1 span')?.textContent !== name) return
              if (document.querySelector('form.call-form') === null || document.querySelector('#outcome pre') === null)
                return
              observer.disconnect()
              resolve()
            }
            const observer = new MutationObserver(look)
            observer.observe(document.body, { childList: true, subtree: true, characterData: true })
          })
          // The fields of a form come after the form.
          await new Promise((resolve) => setTimeout(resolve))
          const fields = document.querySelectorAll('form [id^="param-"]:is(input, select, textarea, fieldset)')
          counted.push([name, fields.length])
        }
        return counted
      },
      operations.map(({ api, operation }) => [api.product, operation.name] as const),
    )
  }

  test(
    'breaks no rule of accessibility and fits its width, wide and on a phone, light and dark',
    async () => {
      const found = await Promise.all([1440, 390].map((width) => flawsAt(width)))
      expect(found.flat()).toEqual([])
    },
    limit(180_000),
  )

  async function flawsAt(width: number): Promise<readonly string[]> {
    const { page } = await anew('#/explorer', { viewport: { width, height: 900 }, colorScheme: 'light' })
    const found: string[] = []
    async function look(what: string): Promise<void> {
      await page.evaluate('scrollTo(0, 0)')
      const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
      if (over > 0) found.push(`${width} ${what}: ${over} px too wide`)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        // The same page in other colours.
        const flaws = await accessibilityFlaws(page, colorScheme === 'dark' ? 'colours' : undefined)
        found.push(...flaws.map((violation) => `${width} ${colorScheme} ${what}: ${violation}`))
      }
      await page.emulateMedia({ colorScheme: 'light' })
    }
    await page.locator('.operations').first().waitFor()
    // Rows are alike: those of one API have every part that others have.
    await page.getByRole('button', { name: 'Ram', exact: true }).click()
    await page.locator('summary').first().click()
    await look('list')
    await go(page, passwordForm())
    await page.locator('.languages').waitFor()
    await field(page, 'SmartAGId').click()
    await page.locator('[role=option]').first().waitFor()
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
    await go(page, '#/explorer/calls')
    await page.getByRole('checkbox').first().waitFor()
    await look('calls')
    return found
  }
})
