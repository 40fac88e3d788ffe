import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, launch, logOnWithKey } from './browser.ts'
import { branch, region } from './looks/answers.ts'
import { differenceOf, keptFolder } from './looks/compare.ts'
import { type Look, lackingFonts, openStage, typefaceCame } from './looks/stage.ts'

const lacking = [...(chromiumPath === undefined ? ['chromium'] : []), ...lackingFonts]
const lack = lacking.length === 0 ? '' : ` (enable with: apt-get install -y ${lacking.join(' ')})`

/** So much may all kept pictures take, bytes. */
const mostKept = 1_500_000

describe.skipIf(lacking.length > 0)(`the console looks as it did${lack}`, () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
  })

  const looks: readonly Look[] = [
    { width: 1440, scheme: 'light', language: 'en' },
    { width: 1440, scheme: 'dark', language: 'zh' },
    { width: 390, scheme: 'light', language: 'zh' },
    { width: 390, scheme: 'dark', language: 'en' },
  ]

  test.each(looks)('$width pixels wide, in $scheme colours, in $language', async (look) => {
    const { page, close } = await openStage(browser, look)
    const differences: string[] = []
    async function compare(name: string, selector: string): Promise<void> {
      await page.locator(selector).first().waitFor()
      await page.waitForFunction(() => document.querySelector('.skeleton') === null)
      await page.mouse.move(0, 0)
      await page.evaluate(() => document.fonts.ready.then(() => undefined))
      const picture = await page.locator(selector).first().screenshot({ animations: 'disabled', caret: 'hide' })
      const wrong = differenceOf(`${name}-${look.width}-${look.scheme}-${look.language}`, picture)
      if (wrong !== undefined) differences.push(wrong)
    }

    await compare('logon', '.page')
    await logOnWithKey(page, { accessKeyId: 'looks', accessKeySecret: 'looks' })
    await typefaceCame(page)
    await compare('trouble', 'section:has(> .card-head #needs-you)')
    await compare('places', look.width === 390 ? 'nav.places' : 'nav[aria-label]')

    await go(page, `#/fleet/${region}/${branch}`)
    await compare('banner', 'section.banner')
    await compare('uptime', 'section:has(> .card-head #uptime)')

    await go(page, '#/jobs')
    await compare('states', '.main .table-wrap')
    await go(page, '#/alerts')
    await compare('empty', '.main .empty')
    await page.keyboard.press('?')
    await compare('dialog', 'dialog[open]')
    await page.keyboard.press('Escape')
    await go(page, '#/audit')
    await compare('forbidden', '.main .note.bad, .main [role="alert"]')

    await go(page, '#/branch')
    await compare('branch-place', 'form.card')
    await page.locator('form.card input').first().fill('Wuhan-Hankou')
    await page.locator('form.card .choice', { hasText: 'vCPE' }).click()
    await page.locator('form.card button[type="submit"]').click()
    await compare('addresses', '[role="toolbar"]')

    await close()
    expect(differences).toEqual([])
  })

  test('the kept pictures are few and small', () => {
    const sizes = readdirSync(keptFolder).map((name) => statSync(join(keptFolder, name)).size)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(mostKept)
  })
})

/** Resolves once nothing of the screen before is left. */
async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    document.querySelector('.main')?.firstElementChild?.setAttribute('data-left', '')
    location.hash = to
  }, hash)
  await page.waitForFunction(() => document.querySelector('[data-left]') === null)
}
