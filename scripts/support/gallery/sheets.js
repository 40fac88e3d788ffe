import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Contact sheets: all that was taken of one screen in one state, wide ones above narrow ones, as one picture each. */
export async function writeSheets(browser, out) {
  const page = await browser.newPage({ viewport: { width: 2000, height: 800 } })
  const draft = join(out, 'sheet.html')
  const groups = groupsOf(readdirSync(out).filter((name) => /--\d+--/.test(name)))
  for (const [sheet, names] of groups) {
    writeFileSync(draft, pageOf(sheet, names))
    await page.goto(pathToFileURL(draft).href)
    await page.screenshot({ path: join(out, 'sheets', `${sheet}.png`), fullPage: true })
  }
  rmSync(draft, { force: true })
  await page.close()
  return groups.size
}

function groupsOf(names) {
  const groups = new Map()
  for (const name of names.sort()) {
    const sheet = name.split('--').slice(0, 2).join('--')
    groups.set(sheet, [...(groups.get(sheet) ?? []), name])
  }
  return groups
}

function pageOf(sheet, names) {
  const figures = (width) =>
    names
      .filter((name) => name.includes(`--${width}--`))
      .map(
        (name) =>
          `<figure class="w${width}"><figcaption>${name}</figcaption><img src="${encodeURIComponent(name)}"></figure>`,
      )
      .join('')
  return `<!doctype html><meta charset="utf-8"><title>${sheet}</title>
<style>
  body { margin: 8px; background: #777; font: 12px sans-serif }
  div { display: flex; flex-wrap: wrap; gap: 8px; align-items: flex-start; margin-bottom: 8px }
  figure { margin: 0 } figcaption { color: #fff; padding: 2px 0 }
  img { display: block; width: 100%; max-height: 1500px; object-fit: cover; object-position: top }
  .w1440 { width: 988px } .w390 { width: 390px }
</style><div>${figures(1440)}</div><div>${figures(390)}</div>`
}
