import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endSessions, instanceOf } from '../support/api.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { send, signedBody } from '../support/signed-request.ts'
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

describe.skipIf(chromiumPath === undefined)(`what was typed is not lost${lack}`, () => {
  let sandbox: Sandbox
  let browser: Browser
  let instance: string
  let app: string
  const password = 'Correct-Horse-7'

  beforeAll(async () => {
    sandbox = await startSandbox()
    browser = await launch()
    instance = await instanceOf(sandbox, 'sagdemo1000a')
    app = await appInstance()
    await ram('CreateUser', { UserName: 'p.rossi' })
    await ram('CreateLoginProfile', { UserName: 'p.rossi', Password: password })
    await ram('AttachPolicyToUser', {
      ...{ UserName: 'p.rossi', PolicyType: 'System', PolicyName: 'AdministratorAccess' },
    })
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
  const ram = (action: string, params: Readonly<Record<string, string>>) => call(action, params, '2015-05-01')

  async function appInstance(): Promise<string> {
    const { Instances } = await call('ListFleet', {}, '2026-12-01')
    const found = (Instances as readonly { readonly SmartAGId: string; readonly InstanceType: string }[]).find(
      ({ InstanceType }) => InstanceType === 'app',
    )
    return found?.SmartAGId ?? ''
  }

  async function logOnAsRossi(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'RAM user' }).click()
    await page.locator('#user').fill(`p.rossi@${sandbox.accountId}`)
    await page.locator('#password').fill(password)
    await page.locator('form button.primary').click()
    await page.locator('.shell h1').first().waitFor()
  }

  const open = (hash: string) => ({ start: hash })
  const ended = (page: Page) => page.getByRole('dialog', { name: 'Your session ended' })
  const kept = (page: Page): Promise<string> =>
    page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, location.href, history.state]))

  test('a session that ends asks over the page for another logon, and then sends what was refused', async () => {
    const { page, trespasses, close } = await openConsole(
      browser,
      sandbox.endpoint,
      open(`#/fleet/cn-shanghai/${instance}`),
    )
    await logOnAsRossi(page)
    await page.getByRole('button', { name: 'Edit settings' }).click()
    const form = page.getByRole('dialog').filter({ has: page.getByLabel('Description') })
    await form.getByLabel('Description').fill('Second floor')
    await endSessions(sandbox)
    await form.getByRole('button', { name: 'Save' }).click()

    await ended(page).getByText('You are p.rossi').waitFor()
    await until('the password has the focus', () => page.evaluate(() => document.activeElement?.id === 'password'))
    expect(await ended(page).getByLabel('User', { exact: true }).inputValue()).toBe(`p.rossi@${sandbox.accountId}`)
    expect(await form.getByLabel('Description').inputValue()).toBe('Second floor')
    expect(await accessibilityFlaws(page)).toEqual([])
    for (let presses = 0; presses < 12; presses += 1) {
      await page.keyboard.press('Tab')
      expect(
        await page.evaluate(
          () =>
            document.activeElement === document.body ||
            document.activeElement?.closest('dialog')?.matches(':has(#password)'),
        ),
      ).toBe(true)
    }
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await ended(page).getByLabel('Password').fill('another-one')
    await ended(page).getByRole('button', { name: 'Log on', exact: true }).click()
    await ended(page).getByText('User or password is wrong.').waitFor()
    await ended(page).getByLabel('Password').fill(password)
    await ended(page).getByRole('button', { name: 'Log on', exact: true }).click()

    await ended(page).waitFor({ state: 'detached' })
    await form.waitFor({ state: 'detached' })
    await page.getByText('Second floor').first().waitFor()
    // Sent, so that nothing of it is offered again.
    expect(await kept(page)).not.toContain('Second floor')
    expectGoodConduct({ ...trespasses, errors: trespasses.errors.filter((text) => !text.includes('401')) })
    await close()
  })

  test('a form is filled in again after a reload, without its secrets, until it is discarded', async () => {
    const { page, trespasses, close } = await openConsole(
      browser,
      sandbox.endpoint,
      open(`#/remote/cn-shanghai/${app}`),
    )
    const form = page.getByRole('dialog')
    const note = form.getByText(/^Draft of \d\d:\d\d restored$/)
    const address = form.getByLabel('Mail address')
    const add = () => page.locator('.page-head').getByRole('button', { name: 'Add a remote user' }).click()
    await logOnAsRossi(page)
    await add()
    await address.fill('ann@example.com')
    const secret = await form.locator('input[type="password"]').inputValue()
    await form.locator('input[type="password"]').fill('Typed_By_Hand_7')
    expect(await note.count()).toBe(0)
    expect(await kept(page)).toContain('ann@example.com')

    await page.reload()
    await logOnAsRossi(page)
    await add()
    await note.waitFor()
    expect(await address.inputValue()).toBe('ann@example.com')
    expect(await accessibilityFlaws(page)).toEqual([])
    for (const password of [secret, 'Typed_By_Hand_7']) expect(await kept(page)).not.toContain(password)
    await form.getByRole('button', { name: 'Discard' }).click()
    await note.waitFor({ state: 'detached' })
    expect(await address.inputValue()).toBe('')
    expect(await kept(page)).not.toContain('ann@example.com')

    await address.fill('eve@example.com')
    await page.reload()
    await logOnWithKey(page, sandbox)
    await add()
    await address.waitFor()
    expect(await note.count()).toBe(0)
    expect(await address.inputValue()).toBe('')
    expect(await kept(page)).not.toContain('eve@example.com')
    expectGoodConduct(trespasses)
    await close()
  })

  test('on a telephone: somebody else who logs on after the session has ended begins anew', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint, {
      ...{ viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: 'dark' },
      ...open(`#/fleet/cn-shanghai/${instance}`),
    })
    await logOnAsRossi(page)
    await page.getByRole('button', { name: 'Edit tags' }).tap()
    await page.getByRole('textbox', { name: 'Site', exact: true }).fill('Typed by p.rossi')
    await endSessions(sandbox)
    await page.getByRole('button', { name: 'Save' }).tap()
    await ended(page).getByRole('button', { name: 'Access key' }).tap()
    expect(await accessibilityFlaws(page)).toEqual([])
    expect(await ended(page).boundingBox()).toMatchObject({ x: 0, y: 0, width: 390, height: 844 })
    expect(await kept(page)).toContain('Typed by p.rossi')
    await ended(page).getByLabel('AccessKey ID').fill(sandbox.accessKeyId)
    await ended(page).getByLabel('AccessKey secret').fill(sandbox.accessKeySecret)
    await ended(page).getByRole('button', { name: 'Log on', exact: true }).tap()
    await page.getByRole('dialog').first().waitFor({ state: 'detached' })
    expect(await kept(page)).not.toContain('Typed by p.rossi')
    await page.getByRole('button', { name: 'Edit tags' }).tap()
    await page.getByRole('textbox', { name: 'Site', exact: true }).waitFor()
    expect(await page.getByRole('textbox', { name: 'Site', exact: true }).inputValue()).toBe('')
    expectGoodConduct(trespasses)
    await close()
  })
})
