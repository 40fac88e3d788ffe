// `node scripts/link-twins.js`: lets the links of the Chinese documents lead to Chinese documents and their headings. A twin
// can be written with the links of the English one; anchors are found by the place of the heading. Says what leads nowhere.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './support/prepare.js'
import { brokenLinks, documentsWithTwins, twinOf, withChineseLinks } from './support/twins.js'

let broken = 0
for (const file of documentsWithTwins().map(twinOf)) {
  const before = readFileSync(join(root, file), 'utf8')
  const after = withChineseLinks(file, before)
  if (after !== before) writeFileSync(join(root, file), after)
  for (const target of brokenLinks(file, after)) {
    broken += 1
    console.error(`${file}: ${target} leads nowhere`)
  }
}
process.exitCode = broken === 0 ? 0 : 1
