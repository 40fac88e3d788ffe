import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { chromiumPath, expectGoodConduct, lack, launch, logOnWithKey, openConsole } from './browser.ts'

describe.skipIf(chromiumPath === undefined)(`a remote user in the console${lack}`, () => {
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

  test('gets a new password, and the mail with it can be read in the outbox', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await page.getByRole('link', { name: 'Remote users' }).click()
    await page.getByRole('link', { name: 'demo-remote-access' }).click()
    const row = page.getByRole('row').filter({ hasText: 'li.na@example.com' })
    await row.getByRole('button', { name: 'Reset password' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('New password').fill('Sent-by-mail-1')
    await dialog.getByRole('button', { name: 'Reset password' }).click()
    await page.getByText('The password is reset, and the mail is on its way.').waitFor()

    await page.getByRole('link', { name: 'Sandbox outbox' }).click()
    const mail = page.getByRole('listitem').filter({ hasText: 'Your new remote access password' }).first()
    await mail.getByRole('button', { name: /Show the text/ }).click()
    await mail.getByText('Sent-by-mail-1').first().waitFor()
    expect(await mail.textContent()).toContain('li.na@example.com')
    expectGoodConduct(trespasses)
    await close()
  })

  test('whose password does not have the form the API asks for is not reset', async () => {
    const { page, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await page.getByRole('link', { name: 'Remote users' }).click()
    await page.getByRole('link', { name: 'demo-remote-access' }).click()
    const row = page.getByRole('row').filter({ hasText: 'zhang.wei@example.com' })
    await row.getByRole('button', { name: 'Reset password' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('New password').fill('short')
    await dialog.getByRole('button', { name: 'Reset password' }).click()
    await dialog.getByText('This does not have the form that is asked for.').waitFor()
    await close()
  })
})
