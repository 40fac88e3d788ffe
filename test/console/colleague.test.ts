import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOfStep, stepAt } from '../../packages/server/src/access/totp.ts'
import { fromBase32 } from '../../packages/server/src/apis/ram/testing.suite.ts'
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

/** Clicks of somebody who does a task; typing is not counted. */
function clicksOn(page: Page) {
  let count = 0
  return {
    get count() {
      return count
    },
    async click(role: 'link' | 'button' | 'checkbox', name: string | RegExp, within = page.locator('body')) {
      count += 1
      await within.getByRole(role, { name }).first().click()
    },
  }
}

describe.skipIf(chromiumPath === undefined)(`a colleague in the console${lack}`, () => {
  let sandbox: Sandbox
  let browser: Browser
  const chosen = 'Chosen-By-Themselves-7'
  let link: string
  let made: string

  beforeAll(async () => {
    sandbox = await startSandbox()
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.remove()
  })

  const value = (page: Page, label: string) =>
    page
      .locator('dl')
      .last()
      .locator(`dt:text-is("${label}") + dd`)
      .innerText()
      .then((text) => text.trim())

  test('is invited to look at one instance with six clicks at most, and what to hand over is shown', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    const clicks = clicksOn(page)
    await clicks.click('link', 'Access control')
    await clicks.click('link', 'Invite a colleague')
    await page.getByLabel('Log-on name').fill('p.rossi')
    await page.getByRole('searchbox').fill('1000-pair')
    await page.getByText('demo-sag-1000-pair').first().waitFor()
    await clicks.click('checkbox', /demo-sag-1000-pair/)
    expect(await accessibilityFlaws(page)).toEqual([])
    await clicks.click('button', 'Invite p.rossi')
    await page.getByRole('heading', { name: 'p.rossi can log on' }).waitFor()
    expect(clicks.count).toBeLessThanOrEqual(6)
    link = await value(page, 'Address')
    made = await value(page, 'Password')
    expect(await value(page, 'Log-on name')).toBe(`p.rossi@${sandbox.accountId}`)
    expect(link).toBe(`${sandbox.endpoint}/console/#/?user=p.rossi%40${sandbox.accountId}`)
    expect(await accessibilityFlaws(page)).toEqual([])
    expectGoodConduct(trespasses)
    await close()
  })

  test('logs on by the link with the name filled in, sees that instance only, and is told what is missing', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await page.goto('about:blank')
    await page.goto(link)
    expect(await page.getByLabel('User').inputValue()).toBe(`p.rossi@${sandbox.accountId}`)
    await page.getByLabel('Password', { exact: true }).fill(made)
    await page.getByRole('button', { name: 'Log on' }).click()
    await page.getByLabel('New password').fill(chosen)
    await page.getByRole('button', { name: 'Log on' }).click()
    await page.getByRole('link', { name: 'demo-sag-1000-pair' }).first().waitFor()
    expect(await page.evaluate(() => location.hash)).not.toContain('user=')
    expect(await page.getByRole('link', { name: /^demo-/ }).count()).toBe(1)
    await page.getByRole('link', { name: 'demo-sag-1000-pair' }).first().click()

    const settings = page.getByRole('button', { name: 'Edit settings' })
    await page.locator('button[aria-disabled="true"]', { hasText: 'Edit settings' }).waitFor()
    await settings.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('smartag:ModifySmartAccessGateway', { exact: true }).waitFor()
    await dialog.getByText(`acs:ram::${sandbox.accountId}:user/p.rossi`, { exact: true }).waitFor()
    // Reading the clipboard would wait for a person to allow it.
    await page.evaluate(() => {
      navigator.clipboard.writeText = async (text) => {
        document.body.dataset['copied'] = text
      }
    })
    await dialog.getByRole('button', { name: 'Copy for an administrator' }).click()
    await dialog.getByRole('button', { name: 'Copied' }).waitFor()
    const copied = await page.evaluate(() => document.body.dataset['copied'])
    expect(copied).toContain('Action: smartag:ModifySmartAccessGateway')
    expect(copied).toContain('user/p.rossi')
    expect(await accessibilityFlaws(page)).toEqual([])
    // That the password must be changed is answered with 403.
    expectGoodConduct({ ...trespasses, errors: [] })
    await close()
  })

  test('has a role that is shown in words, changed, and taken back; its session is ended', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await page.goto(`${sandbox.endpoint}/console/#/access/users/p.rossi`)
    const card = page.getByRole('region', { name: 'Role' })
    await card.getByText('Viewer').waitFor()
    await card.getByText('demo-sag-1000-pair').waitFor()
    await card.getByRole('button', { name: 'Change' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /^Operator/ }).check()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await card.getByText('Operator').waitFor()
    await card.getByRole('button', { name: 'Take back' }).click()
    await dialog.getByRole('button', { name: 'Take back' }).click()
    await card.getByText('No ready role.').waitFor()

    await page.goto(`${sandbox.endpoint}/console/#/access/sessions`)
    const row = page.getByRole('row').filter({ hasText: 'p.rossi' })
    await row.getByText('Chrome').waitFor()
    await row.getByText(/127\.0\.0\.1|::1/).waitFor()
    expect(await accessibilityFlaws(page)).toEqual([])
    await row.getByRole('button', { name: /^End/ }).click()
    await dialog.getByRole('button', { name: 'End' }).click()
    await row.waitFor({ state: 'detached' })
    expectGoodConduct(trespasses)
    await close()
  })

  test('binds a second factor by its seed', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await page.goto(`${sandbox.endpoint}/console/#/access/users/p.rossi`)
    const card = page.getByRole('region', { name: 'Second factor' })
    await card.getByText('Logons need the password only.').waitFor()
    await card.getByRole('button', { name: 'Bind an authenticator' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('img', { name: 'QR code' }).waitFor()
    expect(await accessibilityFlaws(page)).toEqual([])
    const seed = fromBase32((await dialog.locator('.mono.wrap-anywhere').innerText()).trim())
    const step = stepAt(Date.now())
    await dialog.getByLabel('Code', { exact: true }).fill(codeOfStep(seed, step - 1))
    await dialog.getByLabel('Next code').fill(codeOfStep(seed, step))
    await dialog.getByRole('button', { name: 'Bind an authenticator' }).click()
    await dialog.waitFor({ state: 'detached' })
    await card.getByText(/^Each logon needs a code of/).waitFor()
    await card.getByRole('button', { name: 'Take off' }).click()
    await dialog.getByRole('button', { name: 'Take off' }).click()
    await card.getByText('Logons need the password only.').waitFor()
    expectGoodConduct(trespasses)
    await close()
  })

  test('is a remote user with five clicks at most, and what to hand over is shown', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    const clicks = clicksOn(page)
    await clicks.click('link', 'Remote users')
    await clicks.click('link', 'demo-remote-access')
    await clicks.click('button', 'Add a remote user')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Mail address').fill('anna@example.com')
    await dialog.getByLabel('User name').fill('anna-rossi')
    await clicks.click('button', 'Add a remote user', dialog)
    await page.getByRole('heading', { name: 'anna-rossi can log on' }).waitFor()
    expect(await value(page, 'Server')).toBe(sandbox.endpoint)
    expect(await value(page, 'User name')).toBe('anna-rossi')
    expect(await value(page, 'Password')).toMatch(/^\w{20}$/)
    expect(await value(page, 'How')).toMatch(/^opensag app login --server \S+ --instance sag-\S+ --user anna-rossi$/)
    await clicks.click('button', 'Copy all', dialog)
    await dialog.getByRole('button', { name: 'Copied' }).waitFor()
    expect(clicks.count).toBeLessThanOrEqual(5)
    expect(await accessibilityFlaws(page)).toEqual([])
    expectGoodConduct(trespasses)
    await close()
  })
})
