import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { settingsPage } from './reference.ts'

test('docs/settings.md is what `npm run docs` writes', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/settings.md'), 'utf8')
  expect(page).toBe(settingsPage())
})
