import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOfStep, stepAt } from '../../packages/server/src/access/totp.ts'
import { fromBase32 } from '../../packages/server/src/apis/ram/testing.suite.ts'
import { endSessions } from '../support/api.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { send, signedBody } from '../support/signed-request.ts'
import { accessibilityFlaws, chromiumPath, expectGoodConduct, lack, launch, openConsole } from './browser.ts'

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
    for (const UserName of ['alice', 'carol', 'dave', 'erin']) {
      const profile = {
        Password: password,
        PasswordResetRequired: 'false',
        MFABindRequired: `${!['alice', 'erin'].includes(UserName)}`,
      }
      await ram('CreateUser', { UserName })
      await ram('CreateLoginProfile', { UserName, ...profile })
    }
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.remove()
  })

  async function ram(action: string, params: Readonly<Record<string, string>>): Promise<unknown> {
    const { status, body } = await send(sandbox.endpoint, signedBody(sandbox, action, params, '2015-05-01'))
    expect(status).toBe(200)
    return body
  }

  /** A key in a port that whoever is asked touches at once. */
  async function plugIn(page: Page): Promise<{ readonly cdp: CDPSession; readonly key: string }> {
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    const options = { protocol: 'ctap2', transport: 'usb', automaticPresenceSimulation: true } as const
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options })
    return { cdp, key: authenticatorId }
  }

  async function givePassword(page: Page, user = 'alice'): Promise<void> {
    await page.getByRole('button', { name: 'RAM user' }).click()
    await page.getByLabel('User').fill(`${user}@${sandbox.accountId}`)
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

  test('who must have a second factor adds a security key at the first log-on, and nothing by stopping half-way', async () => {
    const { page, trespasses, close } = await openConsole(browser, endpoint)
    const { cdp, key } = await plugIn(page)
    const credentials = async () =>
      (await cdp.send('WebAuthn.getCredentials', { authenticatorId: key })).credentials.length
    await givePassword(page, 'carol')
    await page.getByRole('heading', { name: 'Add a second factor' }).waitFor()
    expect(await accessibilityFlaws(page)).toEqual([])
    await page.getByRole('button', { name: 'Back' }).click()
    expect(await credentials()).toBe(0)
    await page.getByRole('button', { name: 'Log on', exact: true }).click()
    await page.getByRole('button', { name: 'Use a security key' }).click()
    await openOwnKeys(page)
    await page.getByText('First security key').waitFor()
    expect(await credentials()).toBe(1)

    await page.getByRole('button', { name: 'Log off' }).click()
    await givePassword(page, 'carol')
    await page.getByRole('button', { name: 'Log off' }).waitFor()
    const errors = trespasses.errors.filter((error) => !error.includes('403'))
    expectGoodConduct({ ...trespasses, errors })
    await close()
  })

  test('or an authenticator, also after a wrong code', async () => {
    const { page, close } = await openConsole(browser, endpoint)
    await givePassword(page, 'dave')
    await page.getByRole('button', { name: 'Use an authenticator app' }).click()
    const seed = seedIn(await page.getByText('Or enter this seed').textContent())
    expect(await accessibilityFlaws(page)).toEqual([])
    const type = async (steps: readonly [number, number]) => {
      for (const [index, step] of steps.entries())
        await page.locator(`#new-code-${index + 1}`).fill(codeOfStep(seed, stepAt(Date.now()) + step))
      await page.getByRole('button', { name: 'Bind and log on' }).click()
    }
    await type([0, 0])
    await page.getByRole('alert').getByText('The codes are wrong or too old.').waitFor()
    await type([0, 1])
    await page.getByRole('button', { name: 'Log off' }).waitFor()
    expect(JSON.stringify(await ram('GetUserMFAInfo', { UserName: 'dave' }))).toContain('mfa/dave-')
    await close()
  })

  test('the dialog of a session that ended takes a first security key, and asks for it the next time', async () => {
    const { page, trespasses, close } = await openConsole(browser, endpoint)
    const { cdp, key } = await plugIn(page)
    await givePassword(page, 'erin')
    await openOwnKeys(page)
    const dialog = page.getByRole('dialog', { name: 'Your session ended' })
    const tab = (name: string) => page.locator('.tabs').getByRole('link', { name })
    const logOnAgain = async () => {
      await dialog.getByLabel('Password').fill(password)
      await dialog.getByRole('button', { name: 'Log on', exact: true }).click()
    }
    await ram('UpdateLoginProfile', { UserName: 'erin', MFABindRequired: 'true' })
    await endSessions(sandbox)
    await tab('Sessions').click()
    await logOnAgain()
    await dialog.getByRole('heading', { name: 'Add a second factor' }).waitFor()
    expect(await accessibilityFlaws(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Use a security key' }).click()
    await dialog.waitFor({ state: 'detached' })

    await endSessions(sandbox)
    await tab('Security keys').click()
    await logOnAgain()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('First security key').waitFor()
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId: key })
    expect(credentials).toMatchObject([{ signCount: expect.toSatisfy((count: number) => count > 0) }])
    const errors = trespasses.errors.filter((error) => !error.includes('403'))
    expectGoodConduct({ ...trespasses, errors })
    await close()
  })
})

/** A seed as a person reads it, in the base32 of authenticators. */
function seedIn(text: string | null): Buffer {
  return fromBase32(/[A-Z2-7]{32}/.exec(text ?? '')?.[0] ?? '')
}
