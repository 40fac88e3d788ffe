import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { send, signedBody } from '../support/signed-request.ts'
import { limit } from '../support/time.ts'
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

interface Row {
  readonly SmartAGId: string
  readonly Name?: string
  readonly AssociatedCcnId?: string
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[]
}

describe.skipIf(chromiumPath === undefined)(`tags in the console${lack}`, () => {
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

  async function rows(): Promise<readonly Row[]> {
    const { body } = await send(sandbox.endpoint, signedBody(sandbox, 'ListFleet', {}, '2026-12-01'))
    return (body as { readonly Instances: readonly Row[] }).Instances
  }

  async function go(page: Page, hash: string): Promise<void> {
    await page.evaluate((to) => {
      location.hash = to
    }, hash)
  }

  const idOf = async (name: string) => (await rows()).find(({ Name }) => Name === name)?.SmartAGId ?? ''

  async function done(page: Page, heading: RegExp): Promise<void> {
    await page.waitForURL(/#\/jobs\/job-/)
    await page.getByRole('heading', { name: heading }).waitFor()
  }

  test(
    'three gateways are tagged by a job, found by the tag, and one gets into a network by another',
    async () => {
      const names = ['demo-vcpe', 'demo-sag-100wm', 'demo-scg5000']
      const lone = await idOf('demo-vcpe')
      const [{ AssociatedCcnId: CcnId = '' } = {}] = await rows()
      await send(
        sandbox.endpoint,
        signedBody(sandbox, 'UnbindSmartAccessGateway', { RegionId: 'cn-shanghai', SmartAGId: lone, CcnId }),
      )
      const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
      await logOnWithKey(page, sandbox)
      await go(page, '#/fleet')
      for (const name of names) await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check()
      await page.getByRole('button', { name: 'Tag 3', exact: true }).click()
      await page.getByLabel('Tags that are given').fill('env=prod\nsite=Lyon Part-Dieu')
      await page.getByRole('button', { name: 'Review: 3 gateways…' }).click()
      expect(await accessibilityFlaws(page)).toEqual([])
      await page.getByRole('dialog').getByRole('button', { name: 'Tag 3 gateways' }).click()
      await done(page, /Tag 3 gateways\s+Done/)
      const tagged = (await rows()).filter(({ Tags }) => Tags.length > 0)
      expect(tagged.map(({ Name }) => Name).sort()).toEqual([...names].sort())
      expect(tagged[0]?.Tags).toEqual([
        { Key: 'env', Value: 'prod' },
        { Key: 'site', Value: 'Lyon Part-Dieu' },
      ])

      await go(page, '#/fleet')
      await page.getByRole('combobox', { name: 'Tag', exact: true }).selectOption('env=prod')
      await page.getByText('3 found').waitFor()
      expect(await page.getByRole('searchbox', { name: 'Search', exact: true }).inputValue()).toBe('tag:env=prod')
      await page.getByRole('checkbox', { name: 'Select all 3 that match' }).check()
      // The others are in it already, and it is said so before anything begins.
      await page.getByRole('button', { name: 'Add 1 to a network' }).click()
      await page.getByLabel('Network', { exact: true }).selectOption(CcnId)
      await page.getByText('is in this network already').first().waitFor()
      await page.getByRole('button', { name: 'Review: 1 gateway…' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Add 1 gateway to a network' }).click()
      await done(page, /Add 1 gateway to a network\s+Done/)
      expect((await rows()).find(({ SmartAGId }) => SmartAGId === lone)?.AssociatedCcnId).toBe(CcnId)
      expectGoodConduct(trespasses)
      await close()
    },
    limit(60_000),
  )

  test(
    'on its page an instance gets a number to call, and loses a tag',
    async () => {
      const id = await idOf('demo-vcpe')
      const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
      await logOnWithKey(page, sandbox)
      await go(page, `#/fleet/cn-shanghai/${id}`)
      await page.getByRole('button', { name: 'Edit tags' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Contact on site').fill('Ana')
      await dialog.getByLabel('Phone').fill('+33 4 72 00 00 00')
      await dialog.getByRole('checkbox', { name: /Critical/ }).check()
      await dialog.getByLabel('Other tags').fill('')
      expect(await keptDrafts(page)).toContain('Ana')
      expect(await accessibilityFlaws(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Save' }).click()
      await dialog.waitFor({ state: 'detached' })
      expect(await keptDrafts(page)).not.toContain('Ana')
      const call = page.getByRole('link', { name: 'Call Ana' })
      await call.waitFor()
      expect(await call.getAttribute('href')).toBe('tel:+33472000000')
      expect((await rows()).find(({ SmartAGId }) => SmartAGId === id)?.Tags.map(({ Key }) => Key)).toEqual([
        'contact',
        'critical',
        'phone',
        'site',
      ])
      expectGoodConduct(trespasses)
      await close()
    },
    limit(40_000),
  )
})
