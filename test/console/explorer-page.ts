import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { Sandbox } from '../support/sandbox.ts'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)

/** What would make a browser available here; undefined when there is one. */
export const lack = executablePath === undefined ? 'apt-get install -y chromium' : undefined

/** The system's browser. As root it has no sandbox of its own to stand on. */
export function launch(): Promise<Browser> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ args, ...(executablePath === undefined ? {} : { executablePath }) })
}

/** A page of the console, and everything about it that should not be. */
export interface Watched {
  readonly page: Page
  /** Errors of the page and of its security policy, and requests that leave the origin. */
  readonly complaints: string[]
  /** Every address that was asked for or shown. */
  readonly addresses: string[]
}

export async function openConsole(
  browser: Browser,
  { endpoint }: Sandbox,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({ locale: 'en', viewport: { width: 1440, height: 900 }, ...options })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: endpoint })
  const page = await context.newPage()
  const complaints: string[] = []
  const addresses: string[] = []
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    // The browser itself reports every answer with a status of 400 or more so; that is no error of the page.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(`console: ${message.text()}`)
    }
  })
  page.on('request', (request) => {
    addresses.push(request.url())
    if (new URL(request.url()).origin !== endpoint) complaints.push(`leaves the origin: ${request.url()}`)
  })
  page.on('framenavigated', (frame) => addresses.push(frame.url()))
  return { page, complaints, addresses }
}

/** Logs on with the key pair as a person does, and goes to an address inside the console. */
export async function logOn(
  page: Page,
  { endpoint, accessKeyId, accessKeySecret }: Sandbox,
  hash: string,
): Promise<void> {
  await page.goto(`${endpoint}/console/${hash}`)
  await page.locator('#key-id').fill(accessKeyId)
  await page.locator('#key-secret').fill(accessKeySecret)
  await page.locator('button[type=submit]').click()
  await page.locator('.shell').waitFor()
}

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** What axe-core finds against WCAG 2.2 AA, in words. */
export async function violations(page: Page): Promise<readonly string[]> {
  // Through the debugger, not through the page: its security policy allows no script but its own.
  const source = await import('node:fs/promises').then(({ readFile }) => readFile(axeSource, 'utf8'))
  await page.evaluate(source)
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const results = (await page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(tags)} })`)) as {
    readonly violations: readonly {
      readonly id: string
      readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
    }[]
  }
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
  )
}
