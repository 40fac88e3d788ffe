// `npm run docs`: writes what is generated in docs/ and the READMEs from the declarations it is about.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepare, root } from './support/prepare.js'

prepare()
const { referencePages, withReadmeTable } = await import('../packages/server/dist/reference/operation-pages.js')
const { platformPages } = await import('../packages/server/dist/reference/platform-pages.js')
const { errorPages } = await import('../packages/server/dist/reference/error-reference.js')
const { operatorPage } = await import('../packages/server/dist/reference/operator-page.js')
const { settingsPage } = await import('../packages/cli/dist/settings/reference.js')
const pages = [
  ...referencePages(),
  ...platformPages(),
  ...errorPages(),
  ['operator.md', operatorPage()],
  ['settings.md', settingsPage()],
]
for (const [name, content] of pages) writeFileSync(join(root, 'docs', name), content)
for (const [name, language] of [
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
]) {
  const file = join(root, name)
  writeFileSync(file, withReadmeTable(readFileSync(file, 'utf8'), language))
}
