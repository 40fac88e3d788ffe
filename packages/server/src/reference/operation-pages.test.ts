import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { referencePages, withReadmeTable } from './operation-pages.ts'

const root = join(import.meta.dirname, '../../../..')

test.each([...referencePages()])('docs/%s is what `npm run docs` writes', (name, content) => {
  expect(readFileSync(join(root, 'docs', name), 'utf8')).toBe(content)
})

test.each([
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
] as const)('%s holds the table that `npm run docs` writes', (name, language) => {
  const readme = readFileSync(join(root, name), 'utf8')
  expect(readme).toBe(withReadmeTable(readme, language))
})
