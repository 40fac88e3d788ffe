import { describe, expect, test } from 'vitest'
import { Refusal } from './errors.ts'
import { declaring } from './operation.ts'
import { integer, text } from './params.ts'
import { stringField } from './results.ts'

const example = declaring<unknown>()({
  name: 'Example',
  family: 'examples',
  about: { en: 'An example.', zh: '示例。' },
  source: 'a test',
  access: { action: 'smartag:Example', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',
  params: {
    Low: text().required('Second'),
    High: text().required('First'),
    Min: integer().default(1),
    Max: integer().default(9),
    Plain: text(),
  },
  checks: [
    { param: 'Min', test: ({ Min, Max }) => Min <= Max },
    { param: 'Max', code: 'Third', test: ({ Max }) => Max < 100 },
  ],
  errors: { First: [400, 'One.', '一。'], Second: [403, 'Two.', '二。'], Third: [500, 'Three.', '三。'] },
  result: { Said: stringField },
  async run({ fail }, { Plain }) {
    // @ts-expect-error the table has no such code
    if (Plain === 'undeclared') throw fail('Other')
    if (Plain === 'fail') throw fail('Second')
    return { Said: Plain }
  },
})

function violations(raw: Readonly<Record<string, string>>): readonly (string | undefined)[] {
  return example.parse(new Map(Object.entries(raw))).violations.map(({ code, param }) => code ?? param)
}

const given = { Low: 'x', High: 'x' }

describe('an operation', () => {
  test('tells violations in the order of its table, not of its parameters', () => {
    expect(violations({})).toEqual(['First', 'Second'])
  })

  test('lets the front door answer first', () => {
    expect(violations({ Min: 'x' })).toEqual(['Min', 'First', 'Second'])
  })

  test('checks parameters together only when each is acceptable on its own', () => {
    expect(violations({ ...given, Min: '10' })).toEqual(['Min'])
    expect(violations({ ...given, Max: '100' })).toEqual(['Third'])
    expect(violations({ ...given, Min: '200', Max: '100' })).toEqual(['Min', 'Third'])
    expect(violations({ High: 'x', Max: '100' })).toEqual(['Second'])
    expect(violations(given)).toEqual([])
  })

  test('refuses with status and message of its own table', () => {
    const refusal = example.refusal('Second')
    expect(refusal).toBeInstanceOf(Refusal)
    expect([refusal.status, refusal.code, refusal.message]).toEqual([403, 'Second', 'Two.'])
  })

  test('says in what respect, where the message of the table leaves that open', () => {
    expect(example.refusal('Second', 'Line 3.').message).toBe('Two. Line 3.')
  })

  test('run in a context with its refusal, `fail` answers with the row of the table', async () => {
    const { values } = example.parse(new Map(Object.entries({ ...given, Plain: 'fail' })))
    await expect(example.run({ fail: example.refusal }, values)).rejects.toMatchObject({ status: 403, code: 'Second' })
  })

  test('a code it does not declare is a defect', () => {
    expect(() => example.refusal('Other')).toThrow('Example does not declare Other')
  })
})
