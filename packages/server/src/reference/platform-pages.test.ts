import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { platformPages } from './platform-pages.ts'

test.each([...platformPages()])('docs/%s is what `npm run docs` writes', (name, content) => {
  expect(readFileSync(join(import.meta.dirname, '../../../../docs', name), 'utf8')).toBe(content)
})
