// `npm run docs`: writes what is generated in docs/ and the READMEs from the declarations of the operations.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepare, root } from './support/prepare.js'

prepare()
const { referencePages, withReadmeTable } = await import('../packages/server/dist/operations/reference.js')
for (const [name, content] of referencePages()) writeFileSync(join(root, 'docs', name), content)
for (const [name, language] of [
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
]) {
  const file = join(root, name)
  writeFileSync(file, withReadmeTable(readFileSync(file, 'utf8'), language))
}
