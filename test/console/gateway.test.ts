import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { logOn, setFirstPassword } from '../support/local-console.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { chromiumPath, expectGoodConduct, lack, launch, logOnWithKey, openConsole } from './browser.ts'

describe.skipIf(chromiumPath === undefined)(`a gateway in the console${lack}`, () => {
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

  test('a password set on its page opens its local console, and the one before does not', async () => {
    const { localConsole } = await sandbox.device('sagdemo100wm')
    expect(await setFirstPassword(localConsole ?? '', 'First_password1')).toBe(303)

    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await page.getByRole('link', { name: 'demo-sag-100wm' }).click()
    await page.getByRole('button', { name: 'Change password' }).click()
    const dialog = page.getByRole('dialog')

    await dialog.getByLabel('New password').fill('short')
    await dialog.getByRole('button', { name: 'Change password' }).click()
    await dialog.getByText('This does not have the form that is asked for.').waitFor()

    await dialog.getByLabel('New password').fill('From_the_console1')
    await dialog.getByRole('button', { name: 'Change password' }).click()
    await dialog.getByText('From now on only the new password opens the gateway').waitFor()
    await dialog.getByRole('button', { name: 'Done' }).click()

    expect(await logOn(localConsole ?? '', 'First_password1')).toBe(401)
    expect(await logOn(localConsole ?? '', 'From_the_console1')).toBe(303)
    // Which, when and by whom; the value is nowhere.
    await page.getByRole('row').filter({ hasText: 'sagdemo100wm' }).getByText('Changed').first().waitFor()
    expect(await page.content()).not.toContain('From_the_console1')
    expectGoodConduct(trespasses)
    await close()
  })

  test('a default password is shown in the fleet and found there, and is gone once one is set', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    const row = page.getByRole('row').filter({ hasText: 'demo-scg5000-old' })
    await row.getByText('Default password').waitFor()
    // Its password was set by the test before; a vCPE has none.
    const others = page.getByRole('row').filter({ hasText: /demo-sag-100wm|demo-vcpe/ })
    expect(await others.count()).toBe(2)
    expect(await others.getByText('Default password').count()).toBe(0)
    await page.getByLabel('Administrator password').selectOption('Default password')
    await others.first().waitFor({ state: 'detached' })
    await row.waitFor()

    const pair = page.getByRole('row').filter({ hasText: 'demo-scg5000' }).filter({ hasNotText: 'old' })
    await pair.getByRole('link').click()
    await page.getByText('Not set: the next visit of its console sets it').waitFor()
    await page.getByRole('button', { name: 'Change password' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('New password').fill('No_default_now1')
    await dialog.getByRole('button', { name: 'Change password' }).click()
    await dialog.getByText('From now on only the new password opens the gateway').waitFor()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByText('Not set: the next visit of its console sets it').waitFor({ state: 'detached' })
    await page.goto(`${sandbox.endpoint}/console/#/fleet?password=default`)
    await row.waitFor()
    await pair.waitFor({ state: 'detached' })
    expectGoodConduct(trespasses)
    await close()
  })

  test('one that is offline is told of with the code of the API, why, and what to do', async () => {
    await sandbox.operator('device', 'power', 'sagdemo100wm', 'off')
    await sandbox.device('sagdemo100wm', ({ online }) => !online)
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    const row = page.getByRole('row').filter({ hasText: 'demo-sag-100wm' })
    await row.getByText('Offline').waitFor()
    await row.getByRole('link').click()
    await page.getByRole('button', { name: 'Change password' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('New password').fill('Never_in_force1')
    await dialog.getByRole('button', { name: 'Change password' }).click()
    const alert = dialog.getByRole('alert')
    await alert.getByText('SmartAccessGatewayOffline', { exact: true }).waitFor()
    await alert.getByText('What to do').waitFor()
    const link = dialog.getByRole('link', { name: 'Show as API call' })
    expect(await link.getAttribute('href')).toContain('#/explorer/Smartag/ModifySAGAdminPassword?')
    expect(await link.getAttribute('href')).not.toContain('Never_in_force1')
    expectGoodConduct(trespasses)
    await close()
    await sandbox.operator('device', 'power', 'sagdemo100wm', 'on')
  })

  test('with the keyboard alone: log on, find a gateway, change its settings, in Chinese', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint, { locale: 'zh-CN' })
    const { keyboard } = page
    await page.getByRole('heading', { name: 'OpenSAG' }).waitFor()
    // Language, colours, way of logging on (two buttons), then the fields.
    for (let presses = 0; presses < 5; presses += 1) await keyboard.press('Tab')
    await keyboard.type(sandbox.accessKeyId)
    await keyboard.press('Tab')
    await keyboard.type(sandbox.accessKeySecret)
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: '网关', exact: true }).waitFor()

    await tabTo('搜索')
    await keyboard.type('demo-scg5000')
    await page.getByText('找到 2 个').waitFor()
    await tabTo('demo-scg5000')
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: /^demo-scg5000/ }).waitFor()

    await tabTo('修改配置')
    await keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await tabTo('位置')
    await keyboard.type('上海')
    await keyboard.press('Enter')
    await page.getByText('配置已修改。').waitFor()
    await page.getByRole('definition').filter({ hasText: '上海' }).waitFor()
    // The dialog gave the focus back to the button that opened it.
    expect(await focusedName()).toBe('修改配置')
    expectGoodConduct(trespasses)
    await close()

    async function tabTo(name: string): Promise<void> {
      for (let presses = 0; presses < 60; presses += 1) {
        if ((await focusedName()) === name) return
        await keyboard.press('Tab')
      }
      throw new Error(`The keyboard does not reach ${name}.`)
    }

    function focusedName(): Promise<string> {
      return page.evaluate(() => {
        const element = document.activeElement
        const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined
        return (element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '').trim()
      })
    }
  })
})
