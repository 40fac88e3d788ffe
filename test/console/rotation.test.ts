import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { logOn, setFirstPassword } from '../support/local-console.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { chromiumPath, expectGoodConduct, lack, launch, logOnWithKey, openConsole } from './browser.ts'

describe.skipIf(chromiumPath === undefined)(`a rotation in the console${lack}`, () => {
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

  test('gives gateways passwords of their own, and the list that is downloaded opens them', async () => {
    const { localConsole } = await sandbox.device('sagdemo100wm')
    expect(await setFirstPassword(localConsole ?? '', 'First_password1')).toBe(303)
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await page.getByRole('link', { name: 'Password rotation' }).click()
    await page.getByText('4 of 7 chosen devices can have a new password').waitFor()
    await page.getByRole('button', { name: 'Rotate 4 gateways' }).click()
    await page.getByText('Every wave has ended.').waitFor()
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download the new passwords' }).click()
    let csv = ''
    for await (const chunk of await (await downloading).createReadStream()) csv += String(chunk)
    const rows = csv
      .trim()
      .split('\r\n')
      .map((line) => line.split(','))
    expect(rows).toHaveLength(5)
    const password = rows.find(([, , serial]) => serial === 'sagdemo100wm')?.[4] ?? ''
    expect(new Set(rows.map((row) => row[4])).size).toBe(5)
    expect(await logOn(localConsole ?? '', 'First_password1')).toBe(401)
    expect(await logOn(localConsole ?? '', password)).toBe(303)
    expectGoodConduct(trespasses)
    await close()
  })
})
