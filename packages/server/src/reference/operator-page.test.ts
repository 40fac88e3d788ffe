import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { operatorCommands } from '../operator/commands.ts'
import { operatorPages } from './operator-page.ts'
import { operatorWords } from './operator-words.ts'

test.each([...operatorPages()])('docs/%s is what `npm run docs` writes', (name, content) => {
  expect(readFileSync(join(import.meta.dirname, '../../../../docs', name), 'utf8')).toBe(content)
})

test('no Chinese text is left of an English one that no command says any more', () => {
  const said = operatorCommands.flatMap((command) => {
    const members = Object.values(command.inputSchema().properties ?? {}) as { readonly description?: string }[]
    return [command.about, ...members.map(({ description }) => description)]
  })
  expect(Object.keys(operatorWords).filter((text) => !said.includes(text))).toEqual([])
})
