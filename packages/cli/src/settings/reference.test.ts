import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { settingsPages } from './reference.ts'
import { settingWords } from './reference-words.ts'
import { type SettingName, settings } from './schema.ts'

test.each([...settingsPages()])('docs/%s is what `npm run docs` writes', (name, content) => {
  expect(readFileSync(join(import.meta.dirname, '../../../../docs', name), 'utf8')).toBe(content)
})

test.each(Object.entries(settingWords))('the Chinese of %s is of its present English text', (name, [english]) => {
  expect(settings[name as SettingName].about).toBe(english)
})
