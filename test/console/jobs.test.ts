import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instanceOf } from '../support/api.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { send, signedBody } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'
import {
  accessibilityFlaws,
  chromiumPath,
  expectGoodConduct,
  lack,
  launch,
  logOnWithKey,
  openConsole,
} from './browser.ts'

describe.skipIf(chromiumPath === undefined)(`jobs in the console${lack}`, () => {
  let sandbox: Sandbox
  let browser: Browser
  let pair: string
  let single: string

  beforeAll(async () => {
    sandbox = await startSandbox()
    browser = await launch()
    await Promise.all(['sagdemo1000a', 'sagdemo100wm'].map((serial) => sandbox.device(serial)))
    pair = await instanceOf(sandbox, 'sagdemo1000a')
    single = await instanceOf(sandbox, 'sagdemo100wm')
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.remove()
  })

  async function go(page: Page, hash: string): Promise<void> {
    await page.evaluate((to) => {
      location.hash = to
    }, hash)
  }

  async function job(action: string, params: Readonly<Record<string, string>>) {
    const { body } = await send(sandbox.endpoint, signedBody(sandbox, action, params, '2026-12-01'))
    return body as Readonly<Record<string, unknown>>
  }

  test('a restart goes on when the page that asked for it is closed, and another page shows what became of it', async () => {
    const first = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(first.page, sandbox)
    await go(first.page, `#/jobs/new?kind=restart&ids=${single},${pair},sag-nothing`)
    await first.page.getByRole('button', { name: 'Review: 2 gateways…' }).click()
    expect(await accessibilityFlaws(first.page)).toEqual([])
    await first.page.getByRole('dialog').getByRole('button', { name: 'Restart 2 gateways' }).click()
    await first.page.waitForURL(/#\/jobs\/job-/)
    await first.page.getByRole('heading', { name: /Restart 2 gateways\s+(Waiting|Running|Done)/ }).waitFor()
    const JobId = /jobs\/(job-\w+)$/.exec(first.page.url())?.[1] ?? ''
    expectGoodConduct(first.trespasses)
    await first.close()

    const done = await until(
      'the job is done',
      async () => {
        const found = await job('DescribeJob', { JobId })
        return found['EndTime'] === undefined ? undefined : found
      },
      limit(60_000),
    )
    expect(done).toMatchObject({ State: 'Done', Total: 2, Done: 2, Waves: [{ Done: 1 }, { Done: 1 }] })

    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await go(page, '#/jobs')
    await page.getByText('2 of 2 proven').first().waitFor()
    expect(await accessibilityFlaws(page)).toEqual([])
    await page.getByRole('link', { name: 'Restart 2 gateways' }).click()
    await page.getByRole('heading', { name: /Restart 2 gateways\s+Done/ }).waitFor()
    expect(await page.getByRole('cell', { name: /^Proven / }).count()).toBe(2)
    expect(await accessibilityFlaws(page)).toEqual([])
    expectGoodConduct(trespasses)
    await close()
  })

  test('a job for later is paused, resumed and stopped, on a telephone too', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    })
    await logOnWithKey(page, sandbox)
    await go(page, `#/jobs/new?kind=restart&ids=${single},${pair}`)
    await page.getByRole('button', { name: 'Review: 2 gateways…' }).waitFor()
    // Another address is another job.
    await go(page, `#/jobs/new?kind=upgrade&ids=${single}`)
    await page.getByRole('heading', { name: 'New upgrade' }).waitFor()
    await page.getByLabel('Begin').selectOption('later')
    await page.getByRole('button', { name: 'Review: 1 gateway…' }).click()
    // Nothing is asked while the time is missing.
    await page.getByText('Fill in the time.').waitFor()
    await page.getByLabel('Time').fill('2099-01-01T02:00')
    await page.getByRole('button', { name: 'Review: 1 gateway…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Upgrade 1 gateway' }).click()
    await page.getByRole('heading', { name: /Upgrade 1 gateway\s+Waiting/ }).waitFor()
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('heading', { name: /Paused/ }).waitFor()
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByRole('heading', { name: /Waiting/ }).waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('button', { name: 'Leave 1 gateways alone' }).click()
    await page.getByText('It was stopped. Gateways that had not begun are as they were.').waitFor()
    await page.getByText('The job was stopped before its turn.').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expectGoodConduct(trespasses)
    await close()
  })
})
