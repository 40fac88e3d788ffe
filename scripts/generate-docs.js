// `node scripts/generate-docs.js`: writes the reference pages in docs/ from the declarations of the operations.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepare, root } from './support/prepare.js'

prepare()
const { referencePages } = await import('../packages/server/dist/operations/reference.js')
for (const [name, content] of referencePages()) writeFileSync(join(root, 'docs', name), content)
