// `npm run screenshots`: pictures of every screen of the console, in every state, from a real Chromium at a real sandbox.
// Needs `apt-get install -y chromium fonts-noto-cjk`.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { languages, logOn, openPage, takeScreen } from './support/gallery/camera.js'
import { fillForPictures } from './support/gallery/fill.js'
import { startSandbox } from './support/gallery/sandbox.js'
import { screens } from './support/gallery/screens.js'
import { writeSheets } from './support/gallery/sheets.js'
import { prepareProgram, root } from './support/prepare.js'

const help = `Take pictures of every screen of the console: 1440 and 390 pixels wide, light and dark, English and Chinese.

Usage: npm run screenshots -- [options]

Options:
  --only <screen>   Only screens whose name begins so, such as "fleet"; may be repeated
  --out <folder>    Folder for the pictures (default: dist/screenshots)
  --quick           Only light in English and dark in Chinese: half of the pictures
  --list            List the screens
  -h, --help        Show this

States: full (may do everything), empty (a new account), viewer (may only look), forbidden (may do nothing).
The folder gets SCREEN--STATE--WIDTH--SCHEME--LANGUAGE.png, and in sheets/ one picture for each screen and state.`

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [''] },
    out: { type: 'string', default: join(root, 'dist/screenshots') },
    quick: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const wanted = screens.filter(({ name }) => values.only.some((start) => name.startsWith(start)))

if (values.help) console.log(help)
else if (values.list)
  console.log(screens.map(({ name, states = ['full'] }) => `${name}: ${states.join(', ')}`).join('\n'))
else if (wanted.length === 0) fail(`No screen is called ${values.only.join(' or ')}. --list lists them.`)
else await take()

function fail(text) {
  console.error(text)
  process.exitCode = 1
}

async function take() {
  const out = resolve(values.out)
  mkdirSync(join(out, 'sheets'), { recursive: true })
  prepareProgram()
  const sandbox = await startSandbox()
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  try {
    const { people, places } = await fillForPictures(sandbox)
    const begun = performance.now()
    const pictures = await Promise.all(
      Object.keys(languages).map((language) =>
        takeIn(browser, { language, schemes: schemesOf(language), people, places, out }),
      ),
    )
    const sheets = await writeSheets(browser, out)
    const seconds = Math.round((performance.now() - begun) / 1000)
    console.log(`${out}: ${pictures.flat().length} pictures and ${sheets} sheets in ${seconds} seconds`)
  } finally {
    await browser.close()
    await sandbox.stop()
  }
}

function schemesOf(language) {
  if (!values.quick) return ['light', 'dark']
  return language === 'en' ? ['light'] : ['dark']
}

/** All pictures in one language, one person after the other. */
async function takeIn(browser, { language, schemes, people, places, out }) {
  const taken = []
  for (const [state, key] of Object.entries(people)) {
    const own = wanted.filter(({ states = ['full'] }) => states.includes(state))
    if (own.length === 0) continue
    const open = await openPage(browser, { endpoint: key.endpoint, language })
    for (const isBefore of [true, false]) {
      if (!isBefore) await logOn(open, key)
      for (const screen of own.filter(({ loggedOff = false }) => loggedOff === isBefore)) {
        try {
          taken.push(...(await takeScreen(open, screen, { state, language, schemes, places, out })))
        } catch (error) {
          fail(`${screen.name}, ${state}, ${language}: ${String(error).split('\n').slice(0, 4).join(' ')}`)
        }
      }
    }
    await open.close()
  }
  return taken
}
