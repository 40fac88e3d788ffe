import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { until } from '../support/time.ts'
import {
  accessibilityFlaws,
  chromiumPath,
  expectGoodConduct,
  holdCalls,
  lack,
  launch,
  logOnWithKey,
  openConsole,
} from './browser.ts'

describe.skipIf(chromiumPath === undefined)(`the shell of the console${lack}`, () => {
  let sandbox: Sandbox
  let browser: Browser

  beforeAll(async () => {
    sandbox = await startSandbox()
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.remove()
  })

  test('another page begins at its top with the focus, and going back returns to where one was, however late the data comes', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint, {
      viewport: { width: 1440, height: 420 },
    })
    await logOnWithKey(page, sandbox)
    await go(page, '#/audit?view=all&reads=yes')
    await page.locator('.main [data-event]').nth(10).waitFor()
    await scrollPage(page, 300)

    await go(page, '#/networks')
    await page.getByRole('heading', { name: 'Networks', exact: true }).waitFor()
    await until('the page begins at its top', async () => (await scrollTop(page)) === 0)
    const top = await page.getByRole('heading', { name: 'Networks', exact: true }).boundingBox()
    expect(top?.y).toBeGreaterThan(48)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')

    const held = await holdCalls(page, 'SearchAuditEvents')
    await page.goBack()
    await until('the page asks for its data again', () => held.waiting() > 0)
    expect(await scrollTop(page)).toBe(0)
    await held.release()
    await until('the page stands where it was left', async () => (await scrollTop(page)) === 300)

    await page.goForward()
    await page.getByRole('heading', { name: 'Networks', exact: true }).waitFor()
    await until('the page that had not been scrolled is at its top', async () => (await scrollTop(page)) === 0)
    expectGoodConduct(trespasses)
    await close()
  })

  test('on a phone five places are in reach, everything else behind the last of them, and a dialog has its buttons in sight', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint, {
      viewport: { width: 320, height: 480 },
      hasTouch: true,
    })
    await logOnWithKey(page, sandbox)
    const places = page.getByRole('navigation', { name: 'Places' })
    expect(await places.locator('.place').allInnerTexts()).toHaveLength(5)
    await places.getByRole('button', { name: 'Search' }).tap()
    await page.getByRole('combobox', { name: 'Search everything' }).fill('networks')
    await page.getByRole('option', { name: 'Networks' }).tap()
    await page.getByRole('banner').getByText('Networks', { exact: true }).waitFor()

    await page.getByRole('button', { name: 'Create a network' }).tap()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').first().waitFor()
    const submit = await dialog.getByRole('button', { name: 'Create a network' }).boundingBox()
    expect((submit?.y ?? 0) + (submit?.height ?? 0)).toBeLessThanOrEqual(480)
    expect(await dialog.boundingBox()).toMatchObject({ x: 0, y: 0, width: 320, height: 480 })
    await dialog.getByRole('button', { name: 'Cancel' }).tap()
    await dialog.waitFor({ state: 'detached' })

    await places.getByRole('button', { name: 'More' }).tap()
    const everything = page.getByRole('navigation', { name: 'Main' })
    await everything.getByRole('button', { name: 'Log off' }).waitFor()
    expect(await accessibilityFlaws(page)).toEqual([])
    await everything.getByRole('link', { name: 'Access control' }).tap()
    await page.getByRole('banner').getByText('Access control').waitFor()
    await everything.waitFor({ state: 'hidden' })
    expectGoodConduct(trespasses)
    await close()
  })

  test('four clicks copy a Python program of what a page shows, and the form offers what the fleet has', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: sandbox.endpoint })
    await logOnWithKey(page, sandbox)
    await page.getByRole('link', { name: 'Show as API call' }).click()
    await page.getByRole('button', { name: 'Code samples' }).click()
    await page.getByRole('button', { name: 'Python', exact: true }).click()
    await page.getByRole('button', { name: /^Copy: .*\.py$/ }).click()
    const copied = await until('the program is copied', () => page.evaluate<string>('navigator.clipboard.readText()'))
    expect(copied).toContain('ListFleet')

    await go(page, '#/explorer/Smartag/ModifySAGAdminPassword')
    const serial = page.locator('#param-SmartAGSn')
    await serial.fill('sagdemo5000')
    await until(
      'the serial numbers are offered',
      async () =>
        (await page.locator('#param-SmartAGSn-choices [role=option] code').allInnerTexts())
          // Instances come by their ids, which are drawn.
          .sort()
          .join() === 'sagdemo5000a,sagdemo5000b',
    )
    expectGoodConduct(trespasses)
    await close()
  })

  async function go(page: Page, hash: string): Promise<void> {
    await page.evaluate((address) => {
      location.hash = address
    }, hash)
  }
})

const scrollTop = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollTop)

async function scrollPage(page: Page, top: number): Promise<void> {
  await page.evaluate((wanted) => scrollTo(0, wanted), top)
  await until('the page has scrolled', async () => (await scrollTop(page)) === top)
}
