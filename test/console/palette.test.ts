import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { send, signedBody } from '../support/signed-request.ts'
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

describe.skipIf(chromiumPath === undefined)(`the search of the console${lack}`, () => {
  let sandbox: Sandbox
  let browser: Browser

  beforeAll(async () => {
    sandbox = await startSandbox()
    browser = await launch()
    const created = await send(
      sandbox.endpoint,
      signedBody(sandbox, 'CreateUser', { UserName: 'auditor-wang' }, '2015-05-01'),
    )
    expect(created).toMatchObject({ status: 200 })
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.remove()
  })

  test('one key, four letters and Enter open a gateway, however late the search and the fleet are loaded', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    let released = (): void => undefined
    const release = new Promise<void>((resolve) => {
      released = resolve
    })
    await page.route(/\/console\/assets\/Results-/, async (route) => {
      await release
      await route.continue()
    })
    const fleet = await holdCalls(page, 'ListFleet')
    await logOnWithKey(page, sandbox)
    await keys(page, ['Control+k', 'v', 'c', 'p', 'e', 'Enter'])
    expect(await field(page).inputValue()).toBe('vcpe')
    expect(await page.getByRole('dialog').count()).toBe(1)
    released()
    // Nothing else is opened before it is known which gateways there are.
    await page.locator('dialog .found').waitFor()
    expect(await page.getByRole('dialog').count()).toBe(1)
    await fleet.release()
    await page.getByRole('heading', { name: 'demo-vcpe' }).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    expectGoodConduct(trespasses)
    await close()
  })

  test('finds gateways by address and serial, people, networks, operations, screens and settings', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await page.keyboard.press('/')
    for (const [typed, group, title] of [
      ['10.2.0.7', 'Gateways', 'demo-sag-100wm'],
      ['sagdemo5000a', 'Gateways', 'demo-scg5000'],
      ['demo-net', 'Networks', 'demo-network'],
      ['zhang.wei', 'People', 'zhang.wei@example.com'],
      ['auditor', 'People', 'auditor-wang'],
      ['kickout', 'Operations', 'KickOutClients'],
      ['outbox', 'Screens', 'Sandbox outbox'],
      ['dark', 'Settings', 'Colours: dark'],
    ] as const) {
      await field(page).fill(typed)
      await page.getByRole('group', { name: group, exact: true }).getByRole('option', { name: title }).first().waitFor()
    }
    expect(await accessibilityFlaws(page)).toEqual([])
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')

    await page.getByRole('button', { name: /^Gateway, address/ }).click()
    await field(page).fill('nothing that is anywhere')
    await page.getByText('Nothing was found.').waitFor()
    await field(page).fill('demo-s')
    const options = page.getByRole('dialog').getByRole('option')
    await options.nth(3).waitFor()
    await keys(page, ['ArrowDown', 'ArrowDown', 'ArrowUp'])
    const second = options.nth(1)
    await until('the second one is chosen', async () => (await second.getAttribute('aria-selected')) === 'true')
    expect(await field(page).getAttribute('aria-activedescendant')).toBe(await second.getAttribute('id'))
    const name = (await second.locator('.title').textContent())?.trim() ?? ''
    await page.keyboard.press('Enter')
    await page.locator('.main h1', { hasText: name }).waitFor()
    expectGoodConduct(trespasses)
    await close()
  })

  test('keys go to screens and are listed, and those without Ctrl can be switched off for good', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await keys(page, ['g', 'n'])
    await page.getByRole('heading', { name: 'Networks', exact: true }).waitFor()
    await keys(page, ['g', 'r'])
    await page.getByRole('heading', { name: 'Remote users', exact: true }).waitFor()
    await page.keyboard.press('?')
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await dialog.getByText('Go to Audit').waitFor()
    await dialog.getByRole('checkbox').uncheck()
    // A dialog has its own keys, and is not left by those of the page.
    await keys(page, ['Control+k', 'Escape'])
    await dialog.waitFor({ state: 'detached' })
    await keys(page, ['g', 'n', '/', '?', 'Control+k'])
    await field(page).waitFor()
    expect(await page.getByRole('heading', { name: 'Remote users', exact: true }).count()).toBe(1)
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => localStorage.getItem('opensag.keys'))).toBe('off')
    expectGoodConduct(trespasses)
    await close()
  })
})

const field = (page: Page): Locator => page.getByRole('combobox', { name: 'Search everything' })

async function keys(page: Page, pressed: readonly string[]): Promise<void> {
  for (const one of pressed) await page.keyboard.press(one)
}
