import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

interface Instance {
  readonly SmartAGId: string
  readonly RegionId: string
  readonly Name: string
}

describe.skipIf(chromiumPath === undefined)(`changes that are undone in the console${lack}`, () => {
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

  async function named(name: string): Promise<Instance | undefined> {
    const { body } = await send(sandbox.endpoint, signedBody(sandbox, 'ListFleet', {}, '2026-12-01'))
    return (body['Instances'] as readonly Instance[]).find(({ Name }) => Name === name)
  }

  /** Opens the settings, and keeps the words about what was saved: they stay while somebody is at them. */
  async function rename(page: Page, typed: string, repair?: string): Promise<void> {
    await page.getByRole('button', { name: 'Edit settings' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: /^Name/ }).fill(typed)
    await dialog.getByRole('button', { name: 'Save' }).click()
    if (repair !== undefined) {
      await dialog.getByRole('button', { name: repair }).click()
      await dialog.getByRole('button', { name: 'Save' }).click()
    }
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).hover()
  }

  test('a name comes back by one key, and not over the name that somebody else gave since', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await page.getByRole('link', { name: 'demo-vcpe' }).click()
    await page.getByRole('heading', { name: /^demo-vcpe/ }).waitFor()
    const toasts = page.getByRole('status')

    await rename(page, '1 shop', 'Use shop')
    await page.getByRole('heading', { name: /^shop/ }).waitFor()
    expect(await accessibilityFlaws(page)).toEqual([])
    await page.keyboard.press('Control+z')
    await toasts.getByText('Undone.').waitFor()
    await page.getByRole('heading', { name: /^demo-vcpe/ }).waitFor()
    const found = await named('demo-vcpe')
    expect(found).toBeDefined()

    await toasts.getByRole('button', { name: 'Dismiss' }).click()
    await rename(page, 'mine')
    const { RegionId = '', SmartAGId = '' } = found ?? {}
    const theirs = { RegionId, SmartAGId, Name: 'theirs' }
    expect(await send(sandbox.endpoint, signedBody(sandbox, 'ModifySmartAccessGateway', theirs))).toMatchObject({
      status: 200,
    })
    await toasts.getByRole('button', { name: 'Undo' }).click()
    await toasts.getByText('Not undone: it has been changed again since.').waitFor()
    expect(await named('theirs')).toBeDefined()
    await page.getByRole('heading', { name: /^theirs/ }).waitFor()

    expect(await toasts.getByRole('button', { name: 'Undo' }).count()).toBe(0)
    expectGoodConduct(trespasses)
    await close()
  })
})
