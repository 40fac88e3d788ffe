// The site as a browser shows it. What builds it is 100 MB to install, so it is tried when it is asked for: `OPENSAG_SITE=1`.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { whereIs } from '../cluster/lack.ts'
import { root, runToEnd } from '../support/process.ts'
import { limit } from '../support/time.ts'

const folder = join(root, 'dist/site')
const types: Readonly<Record<string, string>> = {
  ...{ '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png' },
}
let server: Server
let browser: Browser
let address: string
const foreign: string[] = []

beforeAll(async () => {
  const { code, errors } = await runToEnd(process.execPath, ['scripts/site.js'])
  if (code !== 0) throw new Error(errors)
  server = createServer(({ url = '/' }, answer) => {
    const path = join(folder, normalize(decodeURIComponent(new URL(url, 'http://site').pathname)))
    const file = existsSync(path) && statSync(path).isDirectory() ? join(path, 'index.html') : path
    if (!existsSync(file)) return answer.writeHead(404).end()
    answer.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
    return createReadStream(file).pipe(answer)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  browser = await chromium.launch({ executablePath: whereIs('chromium') ?? '', args, timeout: limit(30_000) })
}, limit(120_000))
afterAll(async () => {
  await browser?.close()
  server?.close()
})

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  context.setDefaultTimeout(limit(30_000))
  const page = await context.newPage()
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith('data:')) foreign.push(request.url())
  })
  await page.goto(`${address}${path}`, { waitUntil: 'networkidle' })
  return page
}

const shot = async (page: Page, name: string): Promise<void> => {
  const target = process.env['OPENSAG_SCREENSHOTS']
  if (target !== undefined) await page.screenshot({ path: join(target, `${name}.png`) })
}

test(
  'the search of the Chinese site finds 管理员密码, and leads to where it stands',
  async () => {
    const page = await open('/zh/')
    await page.locator('#local-search button').first().click()
    await page.locator('.search-input').fill('管理员密码')
    await page.locator('.VPLocalSearchBox .result').first().waitFor()
    expect(await page.locator('.VPLocalSearchBox .result').count()).toBeGreaterThan(5)
    await shot(page, 'search')
    await page.locator('.VPLocalSearchBox .result').first().click()
    await page.waitForURL(/\/zh\/.+/)
    expect(await page.locator('.vp-doc').innerText()).toContain('密码')
  },
  limit(60_000),
)

test(
  'a page is dark where the system is, and Chinese in the Chinese site',
  async () => {
    const page = await open('/zh/restore.html', { colorScheme: 'dark' })
    expect(await page.locator('html').getAttribute('class')).toContain('dark')
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    expect(await page.locator('h1').innerText()).toMatch(/\p{Script=Han}/u)
    const [red = 255] =
      ((await page.evaluate('getComputedStyle(document.body).backgroundColor')) as string).match(/\d+/g)?.map(Number) ??
      []
    expect(red).toBeLessThan(60)
    await shot(page, 'dark')
  },
  limit(60_000),
)

test(
  'the first page is the README, its pictures are there, and a page of the reference opens at an anchor',
  async () => {
    const page = await open('/')
    const widths = await page.evaluate(
      '[...document.querySelectorAll(".vp-doc img")].map((image) => image.naturalWidth)',
    )
    expect(widths).toHaveLength(2)
    expect((widths as number[]).every((width) => width > 0)).toBe(true)
    const all = await page.locator('body').innerText()
    expect(all).toContain('On this page')
    expect(all).not.toContain('{{')
    await shot(page, 'start')
    const reference = await open('/operations.html#modifysagadminpassword')
    expect(await reference.locator('#modifysagadminpassword').innerText()).toContain('ModifySAGAdminPassword')
    await shot(reference, 'reference')
  },
  limit(60_000),
)

test('nothing was fetched from elsewhere', () => {
  expect(foreign).toEqual([])
})
