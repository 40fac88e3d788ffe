import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { expect } from 'vitest'
import { limit } from '../support/time.ts'
import { openQuietNetwork } from './quiet-network.ts'

/** The browser of the system; nothing is downloaded. */
export const chromiumPath = ['chromium', 'chromium-browser', 'google-chrome']
  .flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)))
  .find((file) => existsSync(file))

/** For the names of tests that are skipped. */
export const lack = chromiumPath === undefined ? ' (enable with: apt-get install -y chromium)' : ''

export interface Key {
  readonly accessKeyId: string
  readonly accessKeySecret: string
}

/** What a page did that it must not do. */
export interface Trespasses {
  /** Errors and warnings of the browser's console, without those that merely tell of an API call that was refused. */
  readonly errors: string[]
  readonly foreignRequests: string[]
  readonly policyViolations: string[]
}

export interface OpenPage {
  readonly page: Page
  readonly trespasses: Trespasses
  close(): Promise<void>
}

export async function launch(): Promise<Browser> {
  const options = { executablePath: chromiumPath ?? '', timeout: limit(30_000) }
  // Only root makes the networks of other tests, and can make one for a browser.
  if (process.getuid?.() !== 0) return chromium.launch(options)
  const network = await openQuietNetwork(options.executablePath)
  const proxy = { server: network.proxy, bypass: '<-loopback>' }
  const browser = await chromium.launch({
    ...options,
    executablePath: network.executable,
    args: ['--no-sandbox'],
    proxy,
  })
  browser.once('disconnected', network.close)
  return browser
}

/** A page of its own at the console of a server, watched; at the fleet once somebody has logged on, unless it is to start elsewhere. */
export async function openConsole(
  browser: Browser,
  endpoint: string,
  { start = '#/fleet', ...options }: BrowserContextOptions & { readonly start?: string } = {},
): Promise<OpenPage> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    ...options,
  })
  context.setDefaultTimeout(limit(30_000))
  const trespasses: Trespasses = { errors: [], foreignRequests: [], policyViolations: [] }
  const page = await context.newPage()
  page.on('pageerror', (error) => trespasses.errors.push(String(error)))
  page.on('console', (message) => {
    const text = message.text()
    if (!['error', 'warning'].includes(message.type())) return
    // The browser says so of every answer above 399; what the API refuses is part of the tests.
    if (text.startsWith('Failed to load resource') && message.location().url === `${endpoint}/`) return
    trespasses.errors.push(text)
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${endpoint}/`) && !/^(data|blob):/.test(url)) trespasses.foreignRequests.push(url)
  })
  await page.exposeFunction('reportViolation', (text: string) => trespasses.policyViolations.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = (globalThis as unknown as { reportViolation(text: string): void }).reportViolation
      report(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`)
    })
  })
  await page.goto(`${endpoint}/console/${start}`)
  return { page, trespasses, close: () => context.close() }
}

export async function logOnWithKey(page: Page, key: Key): Promise<void> {
  await page.locator('#key-id').fill(key.accessKeyId)
  await page.locator('#key-secret').fill(key.accessKeySecret)
  await page.locator('form button.primary').click()
  await page.locator('.shell h1').first().waitFor()
}

/** What the tab keeps of forms that were not sent. */
export function keptDrafts(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify({ ...sessionStorage }))
}

export interface HeldCalls {
  /** How many wait now. */
  waiting(): number
  release(): Promise<void>
}

/** Keeps the calls of an operation from the server until they are released. */
export async function holdCalls(page: Page, action: string): Promise<HeldCalls> {
  const held: (() => Promise<void>)[] = []
  let released = false
  await page.route('**/', async (route) => {
    if (released || route.request().headers()['x-acs-action'] !== action) return route.continue()
    held.push(() => route.continue())
  })
  return {
    waiting: () => held.length,
    async release(): Promise<void> {
      released = true
      await Promise.all(held.map((one) => one()))
    },
  }
}

export function expectGoodConduct({ errors, foreignRequests, policyViolations }: Trespasses): void {
  expect({ errors, foreignRequests, policyViolations }).toEqual({
    errors: [],
    foreignRequests: [],
    policyViolations: [],
  })
}

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Rules about colours: all that another colour scheme can break. */
const colourRules = ['color-contrast', 'link-in-text-block']

/** What axe-core finds on the page as it stands, by rule and place; WCAG 2.2 A and AA, or of these only what is about colours. */
export async function accessibilityFlaws(page: Page, only?: 'colours'): Promise<readonly string[]> {
  // Injected as a script of the test, which no policy of the page forbids.
  const code = readFileSync(axeSource, 'utf8')
  await page.evaluate(
    `(() => { if (!globalThis.axe) { const module = undefined; const exports = undefined; ${code} } })()`,
  )
  return page.evaluate(async (rules) => {
    interface Found {
      readonly violations: readonly {
        readonly id: string
        readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
      }[]
    }
    const { axe } = globalThis as unknown as { axe: { run(place: Document, options: object): Promise<Found> } }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const runOnly = rules === undefined ? { type: 'tag', values: tags } : { type: 'rule', values: rules }
    const { violations } = await axe.run(document, { runOnly })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 300)}`),
    )
  }, only && colourRules)
}
