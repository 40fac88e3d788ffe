import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { until } from '../support/time.ts'
import {
  accessibilityFlaws,
  chromiumPath,
  expectGoodConduct,
  keptDrafts,
  lack,
  launch,
  logOnWithKey,
  openConsole,
} from './browser.ts'

interface Told {
  readonly Occasion: string
  readonly Alerts: readonly { readonly SerialNumber?: string }[]
}

describe.skipIf(chromiumPath === undefined)(`alerts in the console${lack}`, () => {
  let sandbox: Sandbox
  let browser: Browser
  let receiver: Server
  const told: Told[] = []

  beforeAll(async () => {
    receiver = createServer(async (request, response) => {
      let body = ''
      for await (const part of request) body += part
      told.push(JSON.parse(body) as Told)
      response.end()
    })
    await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening))
    const [started, launched] = await Promise.all([startSandbox(), launch()])
    sandbox = started
    browser = launched
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.remove()
    receiver?.closeAllConnections()
    await new Promise((closed) => (receiver ? receiver.close(closed) : closed(undefined)))
  })

  const heard = (occasion: string, serial: string): Promise<unknown> =>
    until(`the receiver hears ${occasion}`, () =>
      told.some(({ Occasion, Alerts }) => Occasion === occasion && Alerts.some((one) => one.SerialNumber === serial)),
    )
  const tab = (page: Page, name: string) => page.locator('.tabs').getByRole('link', { name })

  test('a gateway that ends is told, acknowledged, and over when it is back', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await page.getByRole('link', { name: 'Alerts' }).click()
    await page.getByText('Nothing is open').last().waitFor()

    await tab(page, 'Where they go').click()
    await page.getByText('No channel yet').waitFor()
    await page.locator('.page-head').getByRole('button', { name: 'New channel' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('What it is').selectOption('Webhook')
    await dialog.getByLabel('Name').fill('Watch')
    await dialog.getByRole('button', { name: 'Create' }).click()
    await dialog.getByText('Fill this in.').waitFor()
    await dialog
      .getByLabel('URL')
      .fill(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?token=abcd1234`)
    await dialog.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('button', { name: 'Send a test: Watch' }).click()
    await page.getByText('The test was taken over.').waitFor()
    expect(told.map(({ Occasion }) => Occasion)).toEqual(['Test'])
    expect(await page.locator('main').textContent()).not.toContain('abcd1234')
    expect(await accessibilityFlaws(page)).toEqual([])

    await tab(page, 'Rules').click()
    await page.getByText('No rule yet').waitFor()
    await page.getByRole('button', { name: 'New rule' }).click()
    await dialog.getByLabel('Name').fill('Any branch')
    await dialog.getByLabel('For longer than').fill('0')
    expect(await keptDrafts(page)).toContain('Any branch')
    expect(await accessibilityFlaws(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('switch', { name: 'Rule Any branch is on', checked: true }).waitFor()
    expect(await keptDrafts(page)).not.toContain('Any branch')
    expect(await accessibilityFlaws(page)).toEqual([])

    const found = (await sandbox.devices()).find(({ online, instanceId }) => online && instanceId !== null)
    if (found === undefined) throw new Error('No gateway of the sandbox is online.')
    const { serial } = found
    await sandbox.operator('device', 'power', serial, 'off')
    await heard('Opened', serial)
    await tab(page, 'Open').click()
    const row = page.getByRole('listitem').filter({ hasText: 'Any branch' }).filter({ hasText: 'Offline' })
    await row.getByText('nobody yet').waitFor()
    await row.getByRole('button', { name: /^Acknowledge/ }).click()
    await row.getByText('acknowledged: root').waitFor()
    expect(await accessibilityFlaws(page)).toEqual([])

    await sandbox.operator('device', 'power', serial, 'on')
    await heard('Closed', serial)
    await page.getByText('What your rules are about shows here').waitFor()
    await tab(page, 'History').click()
    await page.getByText('lasted 0 min').waitFor()
    expect(told.filter(({ Occasion }) => Occasion === 'Opened')).toHaveLength(1)
    expectGoodConduct(trespasses)
    await close()
  })

  test('whoever may not read them is told which action is missing', async () => {
    const { page, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await page.route('**/', async (route) => {
      const action = route.request().headers()['x-acs-action'] ?? ''
      const body = { Code: 'Forbidden.RAM', Message: 'No.', AccessDeniedDetail: { AuthAction: `opensag:${action}` } }
      if (/^List(Alert)/.test(action)) await route.fulfill({ status: 403, json: body })
      else await route.continue()
    })
    await page.getByRole('link', { name: 'Alerts' }).click()
    await page.getByText('opensag:ListAlerts').waitFor()
    expect(await page.locator('main').textContent()).not.toContain('Nothing is open')
    await close()
  })
})
