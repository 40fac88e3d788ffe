import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { smartagClient } from '@opensag/smartag-client'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePorts } from '../support/nats.ts'
import { type OpenIdProvider, startOpenIdProvider } from '../support/openid-provider.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { accessibilityFlaws, chromiumPath, lack, launch, openConsole } from './browser.ts'

describe.skipIf(chromiumPath === undefined)(`single sign-on in the console${lack}`, () => {
  let folder: string
  let sandbox: Sandbox
  let browser: Browser
  let provider: OpenIdProvider

  beforeAll(async () => {
    const [port = 0] = await freePorts(1)
    const publicUrl = `http://127.0.0.1:${port}`
    folder = await mkdtemp(join(tmpdir(), 'opensag-oidc-'))
    provider = await startOpenIdProvider([`${publicUrl}/console/logon/oidc/callback`], [`${publicUrl}/console/`])
    const secret = join(folder, 'secret')
    await writeFile(secret, `${provider.client.secret}\n`, { mode: 0o600 })
    const started = startSandbox(undefined, {
      OPENSAG_PORT: String(port),
      OPENSAG_PUBLIC_URL: publicUrl,
      OPENSAG_OIDC_ISSUER: provider.issuer,
      OPENSAG_OIDC_CLIENT_ID: provider.client.id,
      OPENSAG_OIDC_CLIENT_SECRET_FILE: secret,
      OPENSAG_OIDC_ACCOUNT: 'example',
      OPENSAG_OIDC_NAME: 'Example',
      OPENSAG_OIDC_LOG_OFF: 'return',
    })
    ;[sandbox, browser] = await Promise.all([started, launch()])
    const { endpoint, regionId, ...key } = sandbox
    const client = smartagClient({ endpoint, key })
    await client.call('SetAccountAlias', { AccountAlias: 'example' })
    await client.call('CreateUser', { UserName: 'alice', Email: 'alice@example.com' })
    await client.call('CreateLoginProfile', { UserName: 'alice', Password: 'Never-Typed-2026' })
    const PolicyName = 'AdministratorAccess'
    await client.call('AttachPolicyToUser', { UserName: 'alice', PolicyType: 'System', PolicyName })
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.remove()
    await provider?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  /** The page of the provider asks a server far away for its letters. */
  async function openLogon(start: string): ReturnType<typeof openConsole> {
    const opened = await openConsole(browser, sandbox.endpoint, { start })
    await opened.page.route(/^https:/, (route) => route.abort())
    return opened
  }

  const button = (page: Page) => page.getByRole('button', { name: 'Log on with Example' })

  async function logOnAtProvider(page: Page, subject: string): Promise<void> {
    await button(page).click()
    await page.getByPlaceholder('Enter any login').fill(subject)
    await page.getByPlaceholder('and password').fill('any')
    await page.getByRole('button', { name: 'Sign-in' }).click()
    await page.getByRole('button', { name: 'Continue' }).click()
  }

  test('a provider that is away is told of, and the logon goes on when it is back', async () => {
    await provider.stop()
    const { page, close } = await openLogon('')
    await button(page).click()
    await page.getByRole('alert').getByText('The provider does not answer.').waitFor()
    await provider.start()
    await button(page).click()
    await page.getByPlaceholder('Enter any login').waitFor()
    await page.goBack()
    await button(page).waitFor()
    await close()
  })

  test('somebody logs on at the page of the provider and is at the Overview, with no key in any address', async () => {
    provider.people.set('alice-there', { email: 'alice@example.com', email_verified: true })
    const { page, trespasses, close } = await openLogon('')
    await button(page).waitFor()
    expect(await accessibilityFlaws(page)).toEqual([])
    const addresses: string[] = []
    page.on('request', (request) => addresses.push(request.url()))
    await logOnAtProvider(page, 'alice-there')
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    expect(page.url()).toMatch(/\/console\/(#\/)?$/)
    expect(addresses.filter((address) => address.includes('STS.'))).toEqual([])
    expect(await page.evaluate(() => document.cookie)).toBe('')
    expect(trespasses.policyViolations).toEqual([])

    await page.getByRole('link', { name: 'Access control' }).click()
    await page.locator('.tabs').getByRole('link', { name: 'Sessions' }).click()
    await page.getByText('Logged on with single sign-on').first().waitFor()

    await page.getByRole('button', { name: 'Log off' }).click()
    await page.getByText('You are still logged on at Example.').waitFor()
    expect(await accessibilityFlaws(page)).toEqual([])
    await page.getByRole('link', { name: 'Log off there too' }).click()
    await page.getByRole('button', { name: 'Yes, sign me out' }).click()
    await page.waitForURL(`${sandbox.endpoint}/console/`)
    // The provider has forgotten the person.
    await button(page).click()
    await page.getByPlaceholder('Enter any login').waitFor()
    await close()
  })

  test('whom nobody knows here is told so, and can log on in another way', async () => {
    provider.people.set('stranger', { email: 'stranger@example.com', email_verified: true })
    const { page, close } = await openLogon('#/fleet')
    await logOnAtProvider(page, 'stranger')
    await page.getByRole('alert').getByText('No user here, or more than one').waitFor()
    expect(page.url()).toBe(`${sandbox.endpoint}/console/#/fleet`)
    await page.reload()
    await button(page).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    await page.getByRole('button', { name: 'RAM user' }).click()
    await page.locator('#user').fill('alice@example')
    await page.locator('#password').fill('Never-Typed-2026')
    await page.getByRole('button', { name: 'Log on', exact: true }).click()
    await page.locator('.shell h1').first().waitFor()
    await close()
  })
})
