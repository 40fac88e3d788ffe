import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { referencePages } from './reference.ts'

const docs = join(import.meta.dirname, '../../../../docs')

test.each([...referencePages()])('docs/%s is what `node scripts/generate-docs.js` writes', (name, content) => {
  expect(readFileSync(join(docs, name), 'utf8')).toBe(content)
})
