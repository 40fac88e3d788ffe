import { Secret } from '@opensag/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boolean, ignored, integer, list, long, objects, type Param, secret, text } from './params.ts'

function parse<T>(param: Param<T, string>, raw: Readonly<Record<string, string>>) {
  return param.parse(new Map(Object.entries(raw)), 'P')
}

const invalid = { violations: [{ kind: 'invalid', param: 'P' }] }
const missing = { violations: [{ kind: 'missing', param: 'P' }] }

describe('text', () => {
  test('absent, empty and blank are the same: not given', () => {
    for (const raw of [{}, { P: '' }, { P: '  ' }]) {
      expect(parse(text(), raw)).toEqual({ value: undefined })
      expect(parse(text().default('d'), raw)).toEqual({ value: 'd' })
      expect(parse(text().required(), raw)).toEqual(missing)
      expect(parse(text().required('Code'), raw)).toEqual({
        violations: [{ kind: 'missing', param: 'P', code: 'Code' }],
      })
    }
  })

  test('a character that not every answer carries is refused with the code of an invalid value', () => {
    for (const character of ['\0', '\x08', '\x0b', '\x1f', '\ufffe', '\uffff', '\ud83d', '\ude00']) {
      const raw = { P: `a${character}b` }
      expect(parse(text(), raw)).toEqual(invalid)
      expect(parse(text().invalid('Code'), raw)).toEqual({
        violations: [{ kind: 'invalid', param: 'P', code: 'Code' }],
      })
      // A rule that refuses it too has the first word.
      expect(parse(text().matches(/^a$/).invalid('Code'), raw)).toEqual({
        violations: [{ kind: 'invalid', param: 'P', code: 'Code' }],
      })
      expect(parse(list(text()), { 'P.1': raw.P })).toEqual(invalid)
    }
    const carried = 'a\t\r\n\x7f\x85\u2028\ufffd\u{1f600}\u{1fffe}'
    expect(parse(text(), { P: carried })).toEqual({ value: carried })
  })

  test('a blank value has its own code where one is declared', () => {
    const param = text().required('Absent').blank('Blank')
    expect(parse(param, {})).toEqual({ violations: [{ kind: 'missing', param: 'P', code: 'Absent' }] })
    expect(parse(param, { P: ' ' })).toEqual({ violations: [{ kind: 'missing', param: 'P', code: 'Blank' }] })
  })

  test('a blank value is refused as invalid where that is declared without a code', () => {
    expect(parse(text().blank(), { P: ' ' })).toEqual(invalid)
    expect(parse(boolean().invalid('Code').blank(), { P: '' })).toEqual({
      violations: [{ kind: 'invalid', param: 'P', code: 'Code' }],
    })
    expect(parse(text().blank(), {})).toEqual({ value: undefined })
  })

  test('a blank value clears where that is declared, whatever the rules for others are', () => {
    const param = text().length(2, 4).clearable()
    for (const P of ['', ' ']) expect(parse(param, { P })).toEqual({ value: '' })
    expect(parse(param, {})).toEqual({ value: undefined })
    expect(parse(param, { P: 'a' })).toEqual(invalid)
  })

  test('its absence can be left to the handler', () => {
    const param = text().requiredInRun('Code')
    expect(parse(param, {})).toEqual({ value: undefined })
    expect(param.state.required).toBe(true)
    expect(param.codes()).toEqual(['Code'])
  })

  test('one of some words, exactly or in any case', () => {
    expect(parse(text().oneOf('a', 'b'), { P: 'a' })).toEqual({ value: 'a' })
    expect(parse(text().oneOf('a', 'b'), { P: 'A' })).toEqual(invalid)
    expect(parse(text().oneOfIgnoringCase('Init'), { P: 'INIT' })).toEqual({ value: 'Init' })
    expect(parse(text().oneOfIgnoringCase('Init'), { P: 'x' })).toEqual(invalid)
    expect(parse(text().oneOfIgnoringCase('Init'), {})).toEqual({ value: undefined })
  })

  test('lengths count characters, not bytes or halves of characters', () => {
    expect(parse(text().length(2, 2), { P: '😀网' })).toEqual({ value: '😀网' })
    expect(parse(text().length(2, 2), { P: '😀' })).toEqual(invalid)
  })

  test('every broken rule is told, each with its own code or the common one', () => {
    const param = text()
      .satisfies((value) => value.startsWith('a'), 'Start')
      .matches(/z$/)
      .invalid('Common')
    expect(parse(param, { P: 'b' })).toEqual({
      violations: [
        { kind: 'invalid', param: 'P', code: 'Start' },
        { kind: 'invalid', param: 'P', code: 'Common' },
      ],
    })
    expect(param.codes()).toEqual(['Common', 'Start'])
  })
})

describe('numbers', () => {
  test('whole numbers survive, everything else is invalid', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e14, max: 1e14 }), (number) => {
        expect(parse(integer(), { P: String(number) })).toEqual({ value: number })
      }),
    )
    for (const P of ['1.5', '1e3', '0x10', 'NaN', 'one', '9'.repeat(16), '--1']) {
      expect(parse(integer(), { P })).toEqual(invalid)
    }
  })

  test('a range includes its ends and what is allowed besides', () => {
    const param = integer().range(1, 9, 12)
    expect([0, 1, 9, 10, 12].map((n) => 'value' in parse(param, { P: `${n}` }))).toEqual([
      false,
      true,
      true,
      false,
      true,
    ])
  })

  test('account ids stay text', () => {
    expect(parse(long(), { P: '9999999999999999' })).toEqual({ value: '9999999999999999' })
    expect(parse(long(), { P: '-1' })).toEqual(invalid)
  })
})

test('booleans in the spellings clients send', () => {
  expect(['true', 'True', 'false', 'FALSE'].map((P) => parse(boolean(), { P }))).toEqual([
    { value: true },
    { value: true },
    { value: false },
    { value: false },
  ])
  expect(parse(boolean(), { P: '1' })).toEqual(invalid)
})

test('a secret reaches the handler without a text form', () => {
  const parsed = parse(secret(/^[A-Za-z0-9_]{8,30}$/), { P: 'Gateway_2024' })
  const value = 'value' in parsed ? parsed.value : undefined
  expect(value).toBeInstanceOf(Secret)
  expect(JSON.stringify(parsed)).not.toContain('Gateway')
  expect(parse(secret(/^[A-Za-z0-9_]{8,30}$/), { P: 'short' })).toEqual(invalid)
})

test('what is ignored is ignored whatever it says', () => {
  expect(parse(ignored('long'), { P: 'undefined' })).toEqual({ value: undefined })
})

describe('lists', () => {
  test('are read in the order of their numbers, with gaps', () => {
    expect(parse(list(text()), { 'P.10': 'c', 'P.2': 'b', 'P.0': 'a', 'P.x': 'no', Px: 'no' })).toEqual({
      value: ['a', 'b', 'c'],
    })
    expect(parse(list(text()), {})).toEqual({ value: undefined })
    expect(parse(list(text()), { 'P.1': '' })).toEqual({ value: undefined })
  })

  test('one bad item makes the list invalid, by its own name', () => {
    expect(parse(list(integer()), { 'P.1': '1', 'P.2': 'x' })).toEqual(invalid)
  })

  test('of objects keep their members together', () => {
    const tags = objects({ Key: text().required(), Value: text() })
    expect(parse(tags, { 'P.1.Key': 'env', 'P.1.Value': 'prod', 'P.2.Key': 'x' })).toEqual({
      value: [
        { Key: 'env', Value: 'prod' },
        { Key: 'x', Value: undefined },
      ],
    })
    expect(parse(tags, { 'P.1.Value': 'prod' })).toEqual({ violations: [{ kind: 'missing', param: 'P.1.Key' }] })
    expect(parse(tags, {})).toEqual({ value: undefined })
  })
})

test('a declaration is not changed by a further one', () => {
  const plain = text()
  plain.required()
  expect(parse(plain, {})).toEqual({ value: undefined })
})

describe('a value that is parsed', () => {
  const small = text()
    .satisfies((value) => !value.includes('!'), 'Loud')
    .parsesTo((value) => (value === 'none' ? 'empty' : /^\d$/.test(value) ? Number(value) : 'format'), {
      empty: 'Empty',
      format: 'Format',
    })
  const parsed = (param: Param<unknown, string>, value: string | undefined) =>
    param.parse(new Map(value === undefined ? [] : [['It', value]]), 'It')

  test('reaches the handler as what it is, and nothing as nothing', () => {
    expect(parsed(small, '7')).toEqual({ value: 7 })
    expect(parsed(small, undefined)).toEqual({ value: undefined })
    expect(parsed(small.default(3), undefined)).toEqual({ value: 3 })
  })

  test('is refused with the code of what is wrong with it, after the codes of its rules', () => {
    const codesOf = (value: string) => {
      const outcome = parsed(small, value)
      return 'violations' in outcome ? outcome.violations.map(({ code }) => code) : []
    }
    expect(codesOf('none')).toEqual(['Empty'])
    expect(codesOf('many')).toEqual(['Format'])
    expect(codesOf('many!')).toEqual(['Loud', 'Format'])
    expect(small.codes()).toEqual(['Loud', 'Empty', 'Format'])
  })

  test('is parsed once', () => {
    let times = 0
    const counted = text().readsAs((value) => {
      times++
      return value.length
    })
    expect(parsed(counted, 'four')).toEqual({ value: 4 })
    expect(times).toBe(1)
  })

  test('has its own code, the code for what is invalid or none, where it only can or cannot be read', () => {
    const never = text().readsAs(() => undefined, 'Unreadable')
    const plain = text().readsAs(() => undefined)
    expect(parsed(never, 'x')).toEqual({ violations: [{ kind: 'invalid', param: 'It', code: 'Unreadable' }] })
    expect(parsed(plain.invalid('Wrong'), 'x')).toMatchObject({ violations: [{ code: 'Wrong' }] })
    expect(parsed(plain, 'x')).toEqual({ violations: [{ kind: 'invalid', param: 'It' }] })
    expect(never.codes()).toEqual(['Unreadable'])
  })

  test('has a default that is parsed as well, and documented as it is written', () => {
    const length = text()
      .default('three')
      .readsAs((value) => value.length)
    expect(parse(length, {})).toEqual({ value: 5 })
    expect(length.state.defaultValue).toBe('three')
    expect(
      parse(
        text()
          .readsAs((value) => value.length)
          .default(7),
        {},
      ),
    ).toEqual({ value: 7 })
    expect(() =>
      text()
        .default('three')
        .readsAs(() => undefined),
    ).toThrow('one of its values')
  })

  test('has its rules before, and is parsed once: another order does not declare', () => {
    const length = text().readsAs((value) => value.length)
    expect(() => length.satisfies(() => true)).toThrow('come before')
    expect(() => length.range(1, 2)).toThrow('come before')
    expect(() => text().readsAs(String).oneOf('a')).toThrow('come before')
    expect(() => length.readsAs((value) => value)).toThrow('parsed once')
  })
})
