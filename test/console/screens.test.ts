import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instanceOf } from '../support/api.ts'
import { root } from '../support/process.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import {
  accessibilityFlaws,
  chromiumPath,
  expectGoodConduct,
  lack,
  launch,
  logOnWithKey,
  openConsole,
} from './browser.ts'

/** Compressed bytes until the first page is usable: page, scripts and styles the entry and the fleet need. */
const firstLoad = 250_000

describe.skipIf(chromiumPath === undefined)(`every screen of the console${lack}`, () => {
  let sandbox: Sandbox
  let browser: Browser
  let addresses: readonly string[]

  beforeAll(async () => {
    sandbox = await startSandbox()
    browser = await launch()
    const pair = await instanceOf(sandbox, 'sagdemo1000a')
    addresses = [
      '#/fleet',
      '#/fleet?view=picture',
      `#/fleet/cn-shanghai/${pair}`,
      '#/networks',
      '#/remote',
      '#/jobs/new?kind=rotate',
      '#/access/users',
      '#/access/policies',
      '#/access/policies/System/AdministratorAccess',
      '#/access/policies/new',
      '#/access/roles',
      '#/access/test',
      '#/audit',
      '#/outbox',
      '#/explorer',
      '#/explorer/Smartag/ModifySAGAdminPassword',
    ]
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.remove()
  })

  test.each([
    ['light', 'en-US'],
    ['dark', 'zh-CN'],
  ] as const)('has no flaw that axe-core finds, in %s colours, in %s', async (colorScheme, locale) => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint, { colorScheme, locale })
    const flaws = (await accessibilityFlaws(page)).map((flaw) => `logon: ${flaw}`)
    await logOnWithKey(page, sandbox)
    for (const address of addresses) {
      await open(page, address)
      flaws.push(...(await accessibilityFlaws(page)).map((flaw) => `${address}: ${flaw}`))
    }
    expect(flaws).toEqual([])
    expectGoodConduct(trespasses)
    await close()
  })

  test.each(['en-US', 'zh-CN'])(
    'fits phones of 390 and of 320 pixels, lists included, and can be touched, in %s',
    async (locale) => {
      const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint, {
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        locale,
      })
      await logOnWithKey(page, sandbox)
      const flaws: string[] = []
      for (const address of [...addresses, await firstLink(page, '#/networks'), await firstLink(page, '#/remote')]) {
        await open(page, address)
        for (const width of [390, 320]) {
          await page.setViewportSize({ width, height: 844 })
          flaws.push(...(await page.evaluate(phoneFlaws)).map((flaw) => `${address} at ${width}: ${flaw}`))
        }
      }
      expect(flaws).toEqual([])
      expectGoodConduct(trespasses)
      await close()
    },
  )

  test('both languages and colours are chosen by a button and remembered; the key is not', async () => {
    const { page, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByRole('heading', { name: '网关', exact: true }).waitFor()
    await page.getByRole('button', { name: '配色：跟随系统' }).click()
    await page.getByRole('button', { name: '配色：浅色' }).click()
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    )
    expect(kept).not.toContain(sandbox.accessKeySecret)
    expect(kept).not.toContain('STS.')
    await page.reload()
    await page.getByRole('button', { name: '登录', exact: true }).waitFor()
    expect(
      await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset['theme']]),
    ).toEqual(['zh-CN', 'dark'])
    await close()
  })

  test('a wrong secret is told of, and nobody is logged on', async () => {
    const { page, trespasses, close } = await openConsole(browser, sandbox.endpoint)
    await page.locator('#key-id').fill(sandbox.accessKeyId)
    await page.locator('#key-secret').fill('another secret')
    await page.locator('form button.primary').click()
    await page.getByText('This access key does not exist').waitFor()
    expect(await page.locator('.shell').count()).toBe(0)
    expectGoodConduct(trespasses)
    await close()
  })

  test('the first page is there after 250 kB', async () => {
    const { page, close } = await openConsole(browser, sandbox.endpoint)
    await logOnWithKey(page, sandbox)
    await page.getByRole('link', { name: 'demo-sag-100wm' }).waitFor()
    const sizes = await page.evaluate(() =>
      [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .map((entry) => entry as PerformanceResourceTiming)
        .filter(({ name }) => name.includes('/console/'))
        .map(({ encodedBodySize }) => encodedBodySize),
    )
    const total = sizes.reduce((sum, size) => sum + size, 0)
    expect(sizes.length).toBeGreaterThan(2)
    expect(total).toBeLessThan(firstLoad)
    console.log(`console: the first page takes ${total} bytes in ${sizes.length} files`)
    await close()
  })
})

async function open(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash
  }, address)
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelector('.skeleton') === null)
}

/** The address of the first thing in a list. */
async function firstLink(page: Page, list: string): Promise<string> {
  await open(page, list)
  const link = page.locator(`.main td a[href^="${list}/"]`).first()
  await link.waitFor()
  return (await link.getAttribute('href')) ?? ''
}

/** What scrolls sideways, and what is smaller than a finger. Runs in the page. */
function phoneFlaws(): readonly string[] {
  const least = 44
  const flaws: string[] = []
  const wide = document.documentElement.scrollWidth
  if (wide > document.documentElement.clientWidth) flaws.push(`the page is ${wide} wide`)
  for (const list of document.querySelectorAll('.table-wrap')) {
    if (list.scrollWidth > list.clientWidth) flaws.push(`a list is ${list.scrollWidth} wide`)
  }
  const controls = 'button, .button, select, .input, .tabs a, nav a, label:has([type="checkbox"], [type="radio"])'
  for (const control of document.querySelectorAll(controls)) {
    const { width, height } = control.getBoundingClientRect()
    // Neither what is not shown nor what is for readers of the screen.
    if (width <= 1 || height <= 1 || control.matches('.skip')) continue
    if (width < least || height < least) flaws.push(`${width}x${height} ${control.outerHTML.slice(0, 120)}`)
  }
  return flaws
}

test('the style sheet of every screen is loaded with it', () => {
  const folder = join(root, 'packages/console/dist')
  interface Chunk {
    readonly file: string
    readonly css?: readonly string[]
    readonly dynamicImports?: readonly string[]
  }
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
  const chunks = Object.entries(manifest)
  const codeOf = (name: string): string => readFileSync(join(folder, manifest[name]?.file ?? ''), 'utf8')
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  // Whoever loads a part loads its sheets too, so it has to know them by their names.
  const loaders = chunks.filter(([, { dynamicImports = [] }]) => dynamicImports.length > 0)
  const loading = page + loaders.map(([name]) => codeOf(name)).join('')
  const sheets = chunks.flatMap(([, { css = [] }]) => css)
  expect(sheets.length).toBeGreaterThan(5)
  expect(sheets.filter((sheet) => !loading.includes(sheet))).toEqual([])
})

test('no file of the console has a script or style inside its page, and nothing from elsewhere', () => {
  const page = readFileSync(join(root, 'packages/console/dist/index.html'), 'utf8')
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|style=|\son[a-z]+=/)
  expect(page).not.toMatch(/https?:\/\//)
})
