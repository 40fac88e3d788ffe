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

const password = 'Quarterly-Report-9'

describe.skipIf(chromiumPath === undefined)(`access control in the console${lack}`, () => {
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

  async function fillAndSubmit(page: Page, fields: Readonly<Record<string, string>>, button: string): Promise<void> {
    const dialog = page.getByRole('dialog')
    for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label).first().fill(value)
    await dialog.getByRole('button', { name: button, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
  }

  test('a user who may only look is made, logs on by password, looks, and is told that a change is not allowed', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await page.getByRole('link', { name: 'Access control' }).click()
    await page.getByRole('button', { name: 'Create user' }).click()
    await fillAndSubmit(page, { 'User name': 'alice' }, 'Create user')
    await page.getByRole('link', { name: 'alice' }).click()
    await page.getByRole('button', { name: 'Set a password' }).click()
    // What is to be handed over takes the place of the form.
    await page.getByRole('dialog').getByLabel('Password').first().fill(password)
    await page.getByRole('dialog').getByRole('button', { name: 'Set a password', exact: true }).click()
    await page.getByRole('heading', { name: 'alice can log on' }).waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByText('May log on with a password.').waitFor()
    await page.getByRole('button', { name: 'System policy' }).click()
    await page.getByRole('dialog').getByLabel('Policy name').selectOption('ReadOnlyAccess')
    await fillAndSubmit(page, {}, 'Attach a policy')
    await page.getByRole('link', { name: 'ReadOnlyAccess' }).waitFor()
    // Whether there is a logon is asked, and the answer may be that there is none.
    expectGoodConduct(trespasses)
    await close()

    const alice = await openConsole(browser, sandbox.endpoint)
    await alice.page.getByRole('button', { name: 'RAM user' }).click()
    await alice.page.getByLabel('User').fill(`alice@${sandbox.accountId}`)
    await alice.page.getByLabel('Password').fill(password)
    await alice.page.getByRole('button', { name: 'Log on' }).click()
    await alice.page.getByRole('link', { name: 'demo-sag-100wm' }).click()
    await alice.page.locator('button[aria-disabled="true"]', { hasText: 'Edit settings' }).waitFor()
    await alice.page.getByRole('button', { name: 'Edit settings' }).press('Enter')
    const dialog = alice.page.getByRole('dialog')
    await dialog.getByText('smartag:ModifySmartAccessGateway', { exact: true }).waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()
    await alice.page.getByRole('link', { name: 'Access control' }).click()
    const lacking = alice.page.locator('button[aria-disabled="true"]')
    await lacking.filter({ hasText: 'Create user' }).waitFor()
    await lacking.filter({ hasText: 'Invite a colleague' }).press('Enter')
    await dialog.getByText('ram:CreateUser', { exact: true }).waitFor()
    expect(await accessibilityFlaws(alice.page)).toEqual([])
    expectGoodConduct(alice.trespasses)
    await alice.close()
  })

  test('the role of a service is shown without ways to change it, and is deleted by its own operation', async () => {
    const asked = signedBody(sandbox, 'CreateServiceLinkedRole', { ServiceName: 'smartag.aliyuncs.com' }, '2015-05-01')
    expect(await send(sandbox.endpoint, asked)).toMatchObject({ status: 200 })
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await page.goto(`${sandbox.endpoint}/console/#/access/roles`)
    await page.getByRole('link', { name: 'AliyunServiceRoleForSmartag' }).click()
    await page.getByText('This role belongs to a service.').waitFor()
    await page.getByRole('link', { name: 'AliyunServiceRolePolicyForSmartag' }).waitFor()
    for (const name of [/^Detach/, 'System policy', 'Own policy']) {
      expect(await page.getByRole('button', { name }).count()).toBe(0)
    }
    await page.getByRole('button', { name: 'Delete' }).click()
    await fillAndSubmit(page, {}, 'Delete')
    await page.getByRole('link', { name: 'AliyunServiceRoleForSmartag' }).waitFor({ state: 'detached' })
    expectGoodConduct(trespasses)
    await close()
    const gone = signedBody(sandbox, 'GetRole', { RoleName: 'AliyunServiceRoleForSmartag' }, '2015-05-01')
    expect(await send(sandbox.endpoint, gone)).toMatchObject({ status: 404 })
  })

  test('a user who must change the password does so while logging on', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    const changed = { UserName: 'alice', PasswordResetRequired: 'true' }
    const asked = signedBody(sandbox, 'UpdateLoginProfile', changed, '2015-05-01')
    expect(await send(sandbox.endpoint, asked)).toMatchObject({ status: 200 })
    await page.getByRole('button', { name: 'RAM user' }).click()
    await page.getByLabel('User').fill(`alice@${sandbox.accountId}`)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Log on' }).click()
    await page.getByText('Choose a new password').waitFor()
    const renewed = page.getByLabel('New password')
    await renewed.fill('short')
    await page.getByRole('button', { name: 'Log on' }).click()
    await page.getByText('The new password is too weak').waitFor()
    await renewed.fill('Quarterly-Report-10')
    await page.getByRole('button', { name: 'Log on' }).click()
    await page.locator('.shell h1').first().waitFor()
    expect({ ...trespasses, errors: [] }).toEqual({ errors: [], foreignRequests: [], policyViolations: [] })
    await close()
  })

  test('a user with a second factor enters its code while logging on, and each code once', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    const ask = async (action: string, params: Readonly<Record<string, string>>) => {
      const answer = await send(sandbox.endpoint, signedBody(sandbox, action, params, '2015-05-01'))
      expect(answer).toMatchObject({ status: 200 })
      return answer.body as unknown as Readonly<Record<string, Readonly<Record<string, string>>>>
    }
    const { VirtualMFADevice: device } = await ask('CreateVirtualMFADevice', { VirtualMFADeviceName: 'phone' })
    const seed = fromBase32(device?.['Base32StringSeed'] ?? '')
    const step = stepAt(Date.now())
    await ask('BindMFADevice', {
      SerialNumber: device?.['SerialNumber'] ?? '',
      UserName: 'alice',
      AuthenticationCode1: codeOfStep(seed, step - 1),
      AuthenticationCode2: codeOfStep(seed, step),
    })
    await page.getByRole('button', { name: 'RAM user' }).click()
    await page.getByLabel('User').fill(`alice@${sandbox.accountId}`)
    await page.getByLabel('Password', { exact: true }).fill('Quarterly-Report-10')
    await page.getByRole('button', { name: 'Log on' }).click()
    await page.getByText('Enter the code of your second factor.').waitFor()
    // The code that bound the device is used up.
    await page.getByLabel('Code').fill(codeOfStep(seed, step))
    await page.getByRole('button', { name: 'Log on' }).click()
    await page.getByText('The code is wrong, too old or was used before.').waitFor()
    await page.getByLabel('Code').fill(codeOfStep(seed, Math.max(step + 1, stepAt(Date.now()))))
    await page.getByRole('button', { name: 'Log on' }).click()
    await page.locator('.shell h1').first().waitFor()
    expect({ ...trespasses, errors: [] }).toEqual({ errors: [], foreignRequests: [], policyViolations: [] })
    await close()
  })

  test('a mistake in a policy is shown at its line, and a policy that contradicts its examples is not saved', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await page.getByRole('link', { name: 'Access control' }).click()
    await page.getByRole('link', { name: 'Policies' }).click()
    await page.getByRole('link', { name: 'Create policy' }).click()
    await page.getByLabel('Policy name').fill('NoRestarts')
    const editor = page.getByLabel('Policy document')
    await page.getByText('The document is well-formed.').waitFor()
    const document = [
      '{',
      '  "Version": "1",',
      '  "Statement": [{',
      '    "Effect": "Permit",',
      '    "Action": "smartag:*",',
      '    "Resource": "*"',
      '  }]',
      '}',
    ]
    await editor.fill(document.join('\n'))
    await page.getByText(/Line 4, column \d+: /).waitFor()
    await page.getByRole('button', { name: 'Go there' }).click()
    const selected = await editor.evaluate((area) => {
      const { value, selectionStart } = area as HTMLTextAreaElement
      return value.slice(0, selectionStart).split('\n').length
    })
    expect(selected).toBe(4)

    await editor.fill(document.join('\n').replace('Permit', 'Allow'))
    await page.getByText('The document is well-formed.').waitFor()
    await page
      .getByLabel('Examples')
      .fill('[{"action":"smartag:RebootSmartAccessGateway","resource":"*","expect":"denied"}]')
    await page.getByRole('button', { name: 'Create policy' }).click()
    await page.getByRole('alert').getByText('PolicyExample.Failed', { exact: true }).waitFor()
    expectGoodConduct(trespasses)
    await close()
  })

  test('the tester shows the statement that decided', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await page.getByRole('link', { name: 'Access control' }).click()
    await page.getByRole('link', { name: 'Test' }).click()
    await page.getByRole('heading', { name: 'May this caller do that?' }).waitFor()
    await page.getByLabel('Name').fill('alice')
    await page.getByLabel('Action').fill('smartag:ModifySAGAdminPassword')
    await page.getByRole('button', { name: 'Decide' }).click()
    await page.getByText('Denied').waitFor()
    await page.getByLabel('Action').fill('smartag:DescribeSmartAccessGateways')
    await page.getByRole('button', { name: 'Decide' }).click()
    await page.getByText('Allowed').waitFor()
    await page.getByText(/ReadOnlyAccess, statement 1/).waitFor()
    expectGoodConduct(trespasses)
    await close()
  })

  test('what was changed is in the audit, and its export has no password in it', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await page.getByRole('link', { name: 'Audit' }).click()
    const profile = page
      .locator('[data-event]')
      .filter({ has: page.locator('button[title="CreateLoginProfile"]') })
      .first()
    await profile.getByRole('button').first().click()
    await profile.getByText('PasswordResetRequired').first().waitFor()
    await profile.getByText('What was sent').click()
    await profile.getByText('UserName', { exact: true }).first().waitFor()
    expect(await page.locator('main').innerText()).not.toContain(password)
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'JSON lines' }).click()
    const stream = await (await downloading).createReadStream()
    let text = ''
    for await (const chunk of stream) text += String(chunk)
    expect(text).toContain('"eventName":"CreateLoginProfile"')
    expect(text).toContain('"field":"PasswordResetRequired"')
    expect(text).not.toContain(password)
    expectGoodConduct(trespasses)
    await close()
  })
})
