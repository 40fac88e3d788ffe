import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { operatorPage } from './operator-page.ts'

test('docs/operator.md is what `npm run docs` writes', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/operator.md'), 'utf8')
  expect(page).toBe(operatorPage())
})
