import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOfStep, stepAt } from '../../packages/server/src/access/totp.ts'
import { fromBase32 } from '../../packages/server/src/apis/ram/testing.suite.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { send, signedBody } from '../support/signed-request.ts'
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

  test('is given a role by a tag with six clicks at most, in words, and the tester says which tags decide', async () => {
    const ask = (action: string, params: Record<string, string>) =>
      send(sandbox.endpoint, signedBody(sandbox, action, params, '2026-12-01'))
    const { body } = await ask('ListFleet', {})
    const fleet = body as { readonly Instances: readonly { SmartAGId: string; Name?: string; RegionId: string }[] }
    const [tagged, other] = ['demo-scg5000', 'demo-vcpe'].map((name) =>
      fleet.Instances.find(({ Name }) => Name === name),
    )
    if (tagged === undefined || other === undefined) throw new Error('They are not there.')
    const { SmartAGId, RegionId } = tagged
    await ask('TagGateway', { RegionId, SmartAGId, 'Tag.1.Key': 'env', 'Tag.1.Value': 'prod' })

    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    const clicks = clicksOn(page)
    await clicks.click('link', 'Access control')
    await clicks.click('link', 'Invite a colleague')
    await page.getByLabel('Log-on name').fill('t.meyer')
    await clicks.click('button', 'Tags')
    await clicks.click('checkbox', /env=prod.*1 carry it now/)
    await page.getByText('And those that get the tag later').waitFor()
    await page.getByText('A fleet with 1;').waitFor()
    expect(await accessibilityFlaws(page)).toEqual([])
    await clicks.click('button', 'Invite t.meyer')
    await page.getByRole('heading', { name: 't.meyer can log on' }).waitFor()
    expect(clicks.count).toBeLessThanOrEqual(6)

    await page.goto(`${sandbox.endpoint}/console/#/access/users/t.meyer`)
    await page
      .getByRole('region', { name: 'Role' })
      .getByText('on the tag env=prod: 1 now, and those that get it later')
      .waitFor()

    await page.goto(`${sandbox.endpoint}/console/#/access/test`)
    for (const [id, verdict, tags] of [
      [SmartAGId, 'Allowed', 'env=prod'],
      [other.SmartAGId, 'Denied', 'none'],
    ] as const) {
      await page.getByLabel('Name', { exact: true }).fill('t.meyer')
      await page.getByLabel('Action', { exact: true }).fill('smartag:DescribeSAGDeviceInfo')
      await page.getByLabel(/^Resource/).fill(`acs:smartag:*:${sandbox.accountId}:smartag/${id}`)
      await page.locator('form button.primary').click()
      const told = page.locator('[aria-live="polite"]')
      await told.getByText(verdict, { exact: true }).waitFor()
      await told.getByText(tags, { exact: true }).waitFor()
    }
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
