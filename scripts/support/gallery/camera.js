import { join } from 'node:path'

/** What each picture is taken in. */
const heights = { 1440: 900, 390: 844 }
const widths = [1440, 390]
export const languages = { en: 'en-US', 'zh-CN': 'zh-CN' }

/** Of a page that is longer, the rest is left out. */
const longest = 2400

/** A page of a browser that knows when everything it asked for has come. */
export async function openPage(browser, { endpoint, language }) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: languages[language],
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  const waiting = new Set()
  page.on('request', (request) => waiting.add(request))
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => waiting.delete(request))
  await page.goto(`${endpoint}/console/`)

  /** Nothing is asked for, nothing is a skeleton, and what was drawn is on the screen. */
  async function settle() {
    for (const end = Date.now() + 15_000; ; ) {
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
      const busy = await page.evaluate(() => document.querySelector('.skeleton, [aria-busy="true"]') !== null)
      if (!busy && waiting.size === 0) break
      // A screen that asks for ever is a picture too.
      if (Date.now() > end) return
      await page.waitForTimeout(30)
    }
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
  }

  return { page, settle, close: () => context.close() }
}

export async function logOn({ page, settle }, key) {
  await page.reload()
  await page.locator('#key-id').fill(key.accessKeyId)
  await page.locator('#key-secret').fill(key.accessKeySecret)
  await page.locator('form button.primary').click()
  await page.locator('.shell h1').first().waitFor()
  await settle()
}

/** Goes to a screen and takes it in each width and colour scheme. */
export async function takeScreen({ page, settle }, screen, { state, language, schemes, places, out }) {
  await page.setViewportSize({ width: 1440, height: 900 })
  if (screen.address === undefined) {
    await page.reload()
  } else {
    // By way of another one, so that nothing of the last picture is left.
    for (const hash of ['#/left', screen.address(places)]) {
      await page.evaluate((to) => {
        location.hash = to
      }, hash)
    }
  }
  await settle()
  await screen.act?.(page)
  // Nothing is drawn as under a pointer.
  await page.mouse.move(0, 0)
  const taken = []
  for (const width of widths) {
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme })
      await fitWindow(page, screen, width, settle)
      const file = join(out, `${[screen.name, state, width, scheme, language].join('--')}.png`)
      await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' })
      taken.push(file)
    }
  }
  await screen.undo?.(page)
  for (const _dialog of await page.locator('dialog[open]').all()) await page.keyboard.press('Escape')
  return taken
}

/** Makes the window as high as its page: a picture of more than the window has what is fixed at its bottom in the middle. */
async function fitWindow(page, { low = false }, width, settle) {
  const height = heights[width]
  await page.setViewportSize({ width, height })
  await settle()
  if (low || (await page.locator('dialog[open]').count()) > 0) return
  const whole = await page.evaluate(() => document.documentElement.scrollHeight)
  if (whole <= height) return
  await page.setViewportSize({ width, height: Math.min(whole, longest) })
  await settle()
}
