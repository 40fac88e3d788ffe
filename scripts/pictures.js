// `node scripts/pictures.js`: draws the moving pictures of README anew: a real Chromium at the console of a real server, with
// gateways in the process of this program. Needs Chromium and img2webp (`apt-get install chromium webp`).
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { prepare, root } from './support/prepare.js'

const size = { width: 1120, height: 700 }
const password = 'First_password1'
const names = ['hangzhou', 'shanghai', 'suzhou', 'ningbo', 'beijing', 'shenzhen', 'chengdu', 'wuhan']
const few = [
  ...names.map((name, index) => ({ name, password, passwordAgeDays: 20 + 15 * index })),
  { name: 'nanjing', model: 'SCG5000', password, passwordAgeDays: 5 },
  { name: 'xian', model: 'SCG5000-5G' },
]
const many = Array.from({ length: 80 }, (_, index) => ({ name: `${names[index % 8]}-${1 + Math.floor(index / 8)}` }))

prepare()
const { OpenSag } = await import('@opensag/testing')
const scratch = mkdtempSync(join(tmpdir(), 'opensag-pictures-'))
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  await draw('password', few, changePassword)
  await draw('rotation', many, rotate)
} finally {
  await browser.close()
  rmSync(scratch, { recursive: true })
}

/** The instance list, one gateway, a new password, and what its page then says. */
async function changePassword({ page, hold, press }) {
  await hold(1500)
  await press(page.getByRole('link', { name: 'hangzhou' }))
  await page.getByRole('button', { name: 'Change password' }).waitFor()
  await hold(1200)
  await press(page.getByRole('button', { name: 'Change password' }))
  const dialog = page.getByRole('dialog')
  await hold(600)
  for (let end = 1; end <= 'New_password1'.length; end++) {
    await dialog.getByLabel('New password').fill('New_password1'.slice(0, end))
    await hold(70)
  }
  await hold(500)
  await press(dialog.getByRole('button', { name: 'Change password' }))
  await dialog.getByText('From now on only the new password opens the gateway').waitFor()
  await hold(2200)
  await press(dialog.getByRole('button', { name: 'Done' }))
  await page.getByText('Changed').first().scrollIntoViewIfNeeded()
  await hold(2500)
}

/** New passwords for the whole fleet, in waves. */
async function rotate({ page, hold, press }) {
  await hold(1200)
  await press(page.getByRole('link', { name: 'Password rotation' }))
  const review = page.getByRole('button', { name: /^Review: \d+ gateways…$/ })
  await page.getByLabel('Save the list without encryption').check()
  await review.waitFor()
  await hold(1800)
  await press(review)
  const count = /\d+/.exec(await review.innerText())?.[0] ?? ''
  await page.getByLabel('Type the number of gateways to go on').fill(count)
  await hold(800)
  await press(page.getByRole('button', { name: /^Change \d+ passwords$/ }))
  const ended = page.getByText('Every wave has ended.')
  while (!(await ended.isVisible())) await hold(160)
  await ended.scrollIntoViewIfNeeded()
  await hold(3000)
}

/** Plays a scene on a page that has logged on to a server with these gateways, and writes `docs/images/NAME.webp`. */
async function draw(name, fleet, scene) {
  const sag = await OpenSag.start({ fleet, seed: 7 })
  const context = await browser.newContext({ viewport: size, locale: 'en-US' })
  const page = await context.newPage()
  await page.goto(`${sag.endpoint}/console/`)
  await page.locator('#key-id').fill(sag.key.accessKeyId)
  await page.locator('#key-secret').fill(sag.key.accessKeySecret)
  await page.locator('form button.primary').click()
  await page.getByRole('row').nth(1).waitFor()
  const folder = join(scratch, name)
  mkdirSync(folder)
  const frames = []
  async function hold(ms) {
    const file = join(folder, `${frames.length}.png`)
    writeFileSync(file, await page.screenshot())
    frames.push({ file, ms })
  }
  /** A ring is where the pointer presses: a picture shows no pointer. */
  async function press(target) {
    const box = await target.boundingBox()
    if (box === null) throw new Error(`${name}: what is to be pressed cannot be seen.`)
    await page.evaluate(
      ([left, top]) => {
        const ring = document.createElement('div')
        ring.id = 'pressed'
        Object.assign(ring.style, { position: 'fixed', zIndex: '9999', left: `${left - 16}px`, top: `${top - 16}px` })
        Object.assign(ring.style, { width: '32px', height: '32px', borderRadius: '50%', pointerEvents: 'none' })
        Object.assign(ring.style, { border: '3px solid #f59e0b', background: '#f59e0b44' })
        const dialog = document.querySelector('dialog[open]')
        ;(dialog ?? document.body).append(ring)
      },
      [box.x + box.width / 2, box.y + box.height / 2],
    )
    await hold(450)
    await page.evaluate(() => document.querySelector('#pressed')?.remove())
    await target.click()
  }
  await scene({ page, hold, press })
  await context.close()
  await sag.stop()
  const out = join(root, 'docs/images', `${name}.webp`)
  const each = frames.flatMap(({ file, ms }) => ['-d', String(ms), file])
  execFileSync('img2webp', ['-loop', '0', '-lossy', '-q', '60', '-m', '6', ...each, '-o', out], { stdio: 'ignore' })
  console.log(`${out}: ${frames.length} frames`)
}
