import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page, Route } from 'playwright-core'
import { root } from '../../support/process.ts'
import { limit } from '../../support/time.ts'
import { answers, moment } from './answers.ts'

/** Of no machine: every request is answered by the test. */
const origin = 'https://console.test'
const dist = join(root, 'packages/console/dist')

/** The fonts of Debian's packages, whatever else the machine has: for what the typeface of the console lacks, and before it comes. */
const fonts = [
  { file: '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf', package: 'fonts-dejavu-core' },
  { file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', package: 'fonts-noto-cjk' },
] as const
export const lackingFonts = fonts.filter(({ file }) => !existsSync(file)).map((font) => font.package)

const sheet = `
  :root { --font: "Inter Variable", "DejaVu Sans", "Noto Sans CJK SC"; --mono: "DejaVu Sans Mono", "Noto Sans CJK SC" }
  *, *::before, *::after { transition: none !important; animation: none !important; caret-color: transparent !important }`

export interface Look {
  readonly scheme: 'light' | 'dark'
  readonly language: 'en' | 'zh'
  readonly width: 1440 | 390
}

/** The console in a browser at a fixed moment, with a server that always answers the same. */
export async function openStage(
  browser: Browser,
  { scheme, language, width }: Look,
  own: Readonly<Record<string, object>> = {},
): Promise<{ readonly page: Page; close(): Promise<void> }> {
  const context = await browser.newContext({
    viewport: { width, height: width === 1440 ? 900 : 844 },
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'UTC',
    colorScheme: scheme,
    reducedMotion: 'reduce',
    deviceScaleFactor: 1,
  })
  context.setDefaultTimeout(limit(30_000))
  await context.route('**/*', (route) => answer(route, { ...answers, ...own }))
  const page = await context.newPage()
  await page.clock.setFixedTime(moment)
  await page.goto(`${origin}/console/`)
  await page.addStyleTag({ content: sheet })
  return { page, close: () => context.close() }
}

/** Resolves once letters are drawn in the typeface of the console, which comes after the log-on. */
export async function typefaceCame(page: Page): Promise<void> {
  await page.waitForFunction(() => [...document.fonts].some(({ status }) => status === 'loaded'))
}

async function answer(route: Route, known: Readonly<Record<string, object>>): Promise<void> {
  const request = route.request()
  const { pathname } = new URL(request.url())
  if (request.method() === 'POST') {
    const action = request.headers()['x-acs-action'] ?? ''
    const json = known[action]
    if (json !== undefined) return route.fulfill({ json })
    return route.fulfill({ status: 403, json: refusal(action) })
  }
  if (pathname === '/healthz') {
    return route.fulfill({ json: { sandbox: true }, headers: { date: new Date(moment).toUTCString() } })
  }
  const file = join(dist, pathname === '/console/' ? 'index.html' : pathname.replace('/console/', ''))
  if (!pathname.startsWith('/console/') || !existsSync(file)) return route.fulfill({ status: 404 })
  return route.fulfill({ path: file })
}

function refusal(action: string): object {
  return {
    Code: 'Forbidden.RAM',
    Message: 'User not authorized to operate on the specified resource.',
    RequestId: '00000000-0000-4000-8000-000000000000',
    AccessDeniedDetail: { AuthAction: `opensag:${action}`, AuthResource: '*', AuthPrincipalDisplayName: 'root' },
  }
}
