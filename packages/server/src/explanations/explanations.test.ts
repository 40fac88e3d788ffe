import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allOperations } from '../apis/registry.ts'
import { frontDoorErrors } from '../reference/error-meanings.ts'
import { missingExplanations, needlessExplanations } from './complaints.ts'
import type { CodeExplanation } from './explanation.ts'
import { explanationOf, explanations, fileOf, files } from './explanations.ts'
import { fileIn } from './file-in.ts'

const answering = [{ name: 'the front door', errors: frontDoorErrors }, ...allOperations]

test('a declared code without an explanation is told with its operation and the file to write it in', () => {
  expect(missingExplanations(answering)).toEqual([])
  const unbindVbr = { name: 'UnbindVbr', errors: { 'SAG.InvalidWeather': 0, NoPermission: 0, 'VbrBusy.Now': 0 } }
  expect(missingExplanations([unbindVbr])).toEqual([
    'UnbindVbr declares SAG.InvalidWeather, which has no explanation: write it in packages/server/src/explanations/by-code/sag-invalid.ts',
    'UnbindVbr declares VbrBusy.Now, which has no explanation: write it in packages/server/src/explanations/by-code/u-z.ts',
  ])
})

test('an explanation of a code, or for an operation, that nothing declares is told with its file', () => {
  expect(needlessExplanations(answering)).toEqual([])
  const text = { en: ['A.', 'B.'], zh: ['甲。', '乙。'] } as const
  const explained = new Map<string, CodeExplanation>([
    ['Astray', text],
    ['NoPermission', { ...text, in: { BindVbr: text, UnbindVbr: text, NoSuchOperation: text } }],
  ])
  const some = [
    { name: 'BindVbr', errors: { NoPermission: 0 } },
    { name: 'UnbindVbr', errors: {} },
  ]
  expect(needlessExplanations(some, explained)).toEqual([
    'Astray is explained in packages/server/src/explanations/by-code/a-d.ts, and nothing declares it',
    'NoPermission is explained for UnbindVbr in packages/server/src/explanations/by-code/m-r.ts, which does not declare it',
    'NoPermission is explained for NoSuchOperation in packages/server/src/explanations/by-code/m-r.ts; there is no such operation',
  ])
})

describe('the files', () => {
  const names = Object.keys(files)

  test('are those of the folder', () => {
    const found = readdirSync(join(import.meta.dirname, 'by-code')).map((name) => name.replace(/\.ts$/, ''))
    expect(names.sort()).toEqual(found.sort())
  })

  test('have each code in the file where one looks for it, and once', () => {
    const lying = Object.entries(files).flatMap(([file, explained]) =>
      Object.keys(explained).map((code) => [code, `packages/server/src/explanations/by-code/${file}.ts`]),
    )
    expect(lying).toEqual(lying.map(([code = '']) => [code, fileOf(code)]))
    expect(lying.length).toBe(explanations.size)
  })

  test('have a place for a code with any first letter', () => {
    const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode('A'.charCodeAt(0) + index))
    for (const letter of letters) expect(fileIn(names, letter), letter).toMatch(/^[a-z]-[a-z]$/)
  })
})

describe('an explanation', () => {
  const texts = [...explanations].flatMap(([code, entry]) =>
    [entry, ...Object.values(entry.in ?? {})].map((explanation) => [code, explanation] as const),
  )

  test('is the one of the operation where the code means something else there', () => {
    const general = explanationOf('CidrConflict')
    expect(explanationOf('CidrConflict', 'BindSmartAccessGateway')).not.toEqual(general)
    expect(explanationOf('CidrConflict', 'ModifySmartAccessGateway')).toBe(general)
    expect(explanationOf('CidrConflict', 'constructor')).toBe(general)
    expect(explanationOf('NeverAnswered', 'BindSmartAccessGateway')).toBeUndefined()
  })

  test('consists of whole sentences, in both languages', () => {
    for (const [code, { en, zh }] of texts) {
      for (const text of en) expect(text, code).toMatch(/^[\p{Lu}`].*[.)]$/u)
      for (const text of zh) expect(text, code).toMatch(/[。）]$/)
    }
  })

  test('names only operations that exist', () => {
    const named =
      /\b(?:Describe|Create|Modify|Update|Bind|Unbind|Attach|Detach|Grant|Revoke|Delete|Reset|Upgrade|Downgrade|Synchronize|Clear|List|Enable|Disable|Unlock|Activate)[A-Z]\w+/g
    const unknown = texts
      .flatMap(([, { en, zh }]) => JSON.stringify([en, zh]).match(named) ?? [])
      .filter((name) => !allOperations.some((operation) => operation.name === name))
    expect(unknown).toEqual([])
  })
})
