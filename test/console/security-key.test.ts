import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { send, signedBody } from '../support/signed-request.ts'
import { chromiumPath, expectGoodConduct, lack, launch, openConsole } from './browser.ts'

const password = 'Quarterly-Report-9'

describe.skipIf(chromiumPath === undefined)(`security keys in the console${lack}`, () => {
  let sandbox: Sandbox
  let browser: Browser
  /** By a name: browsers have no security keys at an address. */
  let endpoint: string

  beforeAll(async () => {
    sandbox = await startSandbox()
    browser = await launch()
    endpoint = sandbox.endpoint.replace('127.0.0.1', 'localhost')
    for (const [action, params] of [
      ['CreateUser', { UserName: 'alice' }],
      ['CreateLoginProfile', { UserName: 'alice', Password: password, PasswordResetRequired: 'false' }],
    ] as const) {
      const asked = signedBody(sandbox, action, params, '2015-05-01')
      expect(await send(sandbox.endpoint, asked)).toMatchObject({ status: 200 })
    }
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.remove()
  })

  /** A key in a port that whoever is asked touches at once. */
  async function plugIn(page: Page): Promise<{ readonly cdp: CDPSession; readonly key: string }> {
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    const options = { protocol: 'ctap2', transport: 'usb', automaticPresenceSimulation: true } as const
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options })
    return { cdp, key: authenticatorId }
  }

  async function givePassword(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'RAM user' }).click()
    await page.getByLabel('User').fill(`alice@${sandbox.accountId}`)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Log on' }).click()
  }

  async function openOwnKeys(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Log off' }).waitFor()
    await page.goto(`${endpoint}/console/#/access/keys`)
    await page.getByRole('heading', { name: 'My security keys' }).waitFor()
  }

  test('one is added, asked for at the next logon, and removed again', async () => {
    const { page, trespasses, close } = await openConsole(browser, endpoint)
    const { cdp, key } = await plugIn(page)
    await givePassword(page)
    await openOwnKeys(page)
    await page.getByText('No security key yet.').waitFor()
    await page.getByRole('button', { name: 'Add a security key' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Blue key')
    await dialog.getByLabel('Your password').fill('Wrong-Report-9')
    const add = dialog.getByRole('button', { name: 'Add a security key' })
    await add.click()
    await dialog.getByText('The password is wrong.').waitFor()
    await dialog.getByLabel('Your password').fill(password)
    await add.click()
    await page.getByText('Blue key').waitFor()
    // The wrong password asked for no second one.
    expect((await cdp.send('WebAuthn.getCredentials', { authenticatorId: key })).credentials).toHaveLength(1)

    await page.getByRole('button', { name: 'Log off' }).click()
    const signatures = async () =>
      (await cdp.send('WebAuthn.getCredentials', { authenticatorId: key })).credentials[0]?.signCount ?? 0
    const before = await signatures()
    await givePassword(page)
    await openOwnKeys(page)
    expect(await signatures()).toBe(before + 1)
    await page.getByRole('button', { name: 'Remove: Blue key' }).click()
    await dialog.getByLabel('Your password').fill(password)
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByText('No security key yet.').waitFor()

    await page.getByRole('button', { name: 'Log off' }).click()
    await givePassword(page)
    await page.getByRole('button', { name: 'Log off' }).waitFor()
    // Of the wrong password, and of the logon that is asked for a key.
    const errors = trespasses.errors.filter((error) => !error.includes('403'))
    expectGoodConduct({ ...trespasses, errors })
    await close()
  })
})
