import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkExamples } from './examples.ts'
import { parsePolicy } from './parse.ts'
import { parseExamples } from './parse-examples.ts'
import { operatorNames } from './policy.ts'

const page = readFileSync(join(import.meta.dirname, '../../../../../docs/policy-language.md'), 'utf8')
const blocks = [...page.matchAll(/^```json\n(.*?)^```$/gms)].map(([, text = '']) => text)

const isPolicy = (text: string): boolean => text.includes('"Version"')
const isExamples = (text: string): boolean => text.startsWith('[')

function accepted(text: string): boolean {
  return 'policy' in parsePolicy(text, text.includes('"Principal"') ? 'trust' : 'identity')
}

describe('the page of the language', () => {
  test.each(blocks.filter(isPolicy))('shows policies that are accepted: %.60s', (text) => {
    expect(accepted(text)).toBe(true)
  })

  test.each(blocks.filter((text) => !isPolicy(text) && !isExamples(text)))(
    'shows statements that are: %.60s',
    (text) => {
      expect(accepted(`{"Version":"1","Statement":[${text}]}`)).toBe(true)
    },
  )

  test('shows examples that its first policy with examples keeps', () => {
    const [night] = blocks.filter((text) => text.includes('smartag:Reboot*'))
    const [shown] = blocks.filter(isExamples)
    const read = parseExamples(shown ?? '')
    expect(read).toHaveProperty('examples.length', 3)
    if ('examples' in read) expect(checkExamples(night ?? '', read.examples)).toEqual([])
  })

  test('names every operator', () => {
    expect(operatorNames.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  })
})
