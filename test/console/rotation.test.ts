import { armor, Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import type { Browser, Download, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OpenSag } from '../../packages/testing/src/index.ts'
import { limit } from '../support/time.ts'
import {
  accessibilityFlaws,
  chromiumPath,
  expectGoodConduct,
  lack,
  launch,
  logOnWithKey,
  openConsole,
} from './browser.ts'

const chosen = 20
const instances = 3000
const former = 'First_password1'

const specs = [
  ...Array.from({ length: chosen }, (_, index) => ({ name: `shop-${index + 1}`, password: former })),
  { name: 'shop-dark', password: former },
  { name: 'shop-old', model: 'SCG5000', firmware: '3.4.1.0' },
  { name: 'depot', password: former },
] as const

describe.skipIf(chromiumPath === undefined)(`a rotation in the console${lack}`, () => {
  let sag: OpenSag
  let browser: Browser

  beforeAll(async () => {
    ;[sag, browser] = await Promise.all([OpenSag.start({ fleet: specs }), launch()])
    await sag.gateway('shop-dark').powerOff()
  })
  afterAll(async () => {
    await browser?.close()
    await sag?.stop()
  })

  test(`of ${chosen} chosen among ${instances}, with four clicks and their number typed: each gets a password of its own while no page is open, and only the holder of the key can read the list`, async () => {
    const identity = await generateX25519Identity()
    const first = await openConsole(browser, sag.endpoint)
    const { page } = first
    page.setDefaultTimeout(45_000)
    await addUnreal(page)
    let clicks = 0
    const click = async (name: string | RegExp): Promise<void> => {
      clicks += 1
      await page.getByRole('button', { name }).click()
    }
    await logOnWithKey(page, sag.key)
    await page.getByText('3,000 instances', { exact: true }).waitFor()
    await page.getByRole('searchbox', { name: 'Search' }).fill('shop-')
    await page.getByText('22 found').waitFor()
    clicks += 1
    await page.getByRole('checkbox', { name: 'Select all 22 that match' }).click()
    await page.getByText('22 selected').waitFor()
    await click('Rotate passwords 20')
    await page.getByRole('heading', { name: '20 gateways get a new password' }).waitFor()
    const leftOut = page.getByRole('region', { name: 'Not in this job, and why' })
    expect((await leftOut.getByRole('listitem').allInnerTexts()).map((text) => text.split(/\s{2,}|\n/).at(-1))).toEqual(
      ['is offline', 'its firmware is too old: SCG5000 can from 3.4.2 on'],
    )
    await page.getByLabel('Who can read the new passwords').fill(await identityToRecipient(identity))
    await click('Review: 20 gateways…')
    const dialog = page.getByRole('dialog', { name: 'Change the password of 20 gateways?' })
    await dialog.waitFor()
    expect(await accessibilityFlaws(page)).toEqual([])
    expect(await dialog.getByRole('button', { name: 'Change 20 passwords' }).isDisabled()).toBe(true)
    await dialog.getByLabel('Type the number of gateways to go on').fill('20')
    const saved = page.waitForEvent('download')
    await click('Change 20 passwords')
    const list = await listIn(await saved, identity)
    expect(clicks).toBe(4)
    expect(new Set(list.map(({ password }) => password)).size).toBe(chosen)
    await page.waitForURL(/#\/jobs\/job-/)
    const address = new URL(page.url()).hash
    const again = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save the list again' }).click()
    expect(await listIn(await again, identity)).toEqual(list)
    // Nobody looks from here on.
    expectGoodConduct(first.trespasses)
    await first.close()

    const second = await openConsole(browser, sag.endpoint)
    await logOnWithKey(second.page, sag.key)
    await second.page.evaluate((to) => {
      location.hash = to
    }, address)
    await second.page
      .getByRole('heading', { name: /New passwords for 20 gateways\s+Done/ })
      .waitFor({ timeout: limit(60_000) })
    await second.page.getByText('20 of 20 new passwords are in force.').waitFor()
    const proof = 'the gateway answered: Yes; the old password is refused: Yes; the new one opens: Yes'
    await second.page
      .getByRole('row', { name: /shop-20/ })
      .getByRole('img', { name: proof })
      .waitFor()
    expect(await accessibilityFlaws(second.page)).toEqual([])
    const evidence = second.page.waitForEvent('download')
    await second.page.getByRole('button', { name: 'Evidence (CSV)' }).click()
    const told = await textOf(await evidence)
    expect(told.match(/,Done,/g)).toHaveLength(chosen)
    for (const { password, name } of list) {
      expect(told).toContain(name)
      expect(told).not.toContain(password)
    }
    const opened = await Promise.all(list.map(({ name, password }) => sag.gateway(name).accepts(password)))
    expect(opened.every(Boolean)).toBe(true)
    expect(await sag.gateway('shop-1').accepts(former)).toBe(false)
    expect(await sag.gateway('depot').accepts(former)).toBe(true)
    expectGoodConduct(second.trespasses)
    await second.close()
  })

  test('the list is plain only for somebody who asked for that and was warned; the former address leads there', async () => {
    const { page, trespasses, close } = await openConsole(browser, sag.endpoint)
    await logOnWithKey(page, sag.key)
    const depot = page.getByRole('link', { name: 'depot' })
    const id = (await depot.getAttribute('href'))?.split('/').at(-1)
    expect(await page.getByRole('link', { name: 'Password rotation' }).count()).toBe(0)
    await page.evaluate((to) => {
      location.hash = to
    }, `#/rotation?ids=${id}`)
    const review = page.getByRole('button', { name: 'Review: 1 gateway…' })
    await review.click()
    await page.getByText('Say who can read them.').waitFor()
    await page.getByLabel('Who can read the new passwords').fill('age1nobody')
    await page.getByText('This is no public key of age').waitFor()
    await review.click()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.getByLabel('Save the list without encryption').check()
    await page.getByText('Everybody who can read the file').waitFor()
    await review.click()
    const saved = page.waitForEvent('download')
    await page.getByRole('dialog').getByRole('button', { name: 'Change 1 password' }).click()
    const [row] = rowsOf(await textOf(await saved))
    await page.getByText('1 of 1 new passwords are in force.').waitFor()
    expect(await sag.gateway('depot').accepts(row?.password ?? '')).toBe(true)
    expectGoodConduct(trespasses)
    await close()
  })
})

/** Instances that only this page is told of: live gateways for all of them would take minutes to start. */
async function addUnreal(page: Page): Promise<void> {
  await page.route('**/', async (route) => {
    const request = route.request()
    if (request.headers()['x-acs-action'] !== 'ListFleet') return route.continue()
    // By this process: what Playwright fetches goes by the browser's proxy.
    const { 'content-length': _, ...headers } = request.headers()
    const response = await fetch(request.url(), { method: 'POST', headers, body: request.postData() })
    interface Answer {
      readonly Instances: object[]
      readonly Ranges: readonly { readonly UpTo?: string }[]
      TotalCount: number
    }
    const answer = (await response.json()) as Answer
    if (answer.Ranges.at(-1)?.UpTo === undefined && answer.Ranges.length > 0) answer.Instances.push(...unreal)
    answer.TotalCount = instances
    await route.fulfill({ json: answer })
  })
}

const unreal = Array.from({ length: instances - specs.length }, (_, index) => ({
  ...{ SmartAGId: `sag-zzz${String(index).padStart(14, '0')}`, RegionId: 'eu-central-1', Name: `branch-${index}` },
  ...{ InstanceType: 'hardware', HardwareVersion: 'sag-1000', Status: 'Active', BusinessState: 'Normal' },
  ...{ SerialNumber: `sagz${index}`, DeviceCount: 1, OnlineCount: 1, LockedCount: 0, CreateTime: 1 },
}))

async function textOf(download: Download): Promise<string> {
  let text = ''
  for await (const chunk of await download.createReadStream()) text += String(chunk)
  return text
}

async function listIn(download: Download, identity: string): Promise<readonly Row[]> {
  expect(download.suggestedFilename()).toMatch(/^gateway-passwords-\d{8}-\d{6}\.csv\.age$/)
  const file = await textOf(download)
  expect(file).not.toContain('shop-')
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return rowsOf(await decrypter.decrypt(armor.decode(file), 'text'))
}

interface Row {
  readonly password: string
  readonly name: string
}

function rowsOf(csv: string): readonly Row[] {
  const lines = csv.trim().split('\r\n').slice(1)
  return lines
    .map((line) => line.split(','))
    .map(([, , , password = '', name = '']) => ({ password, name }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
