import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apis } from '../apis/registry.ts'
import { bytesRule } from './bytes-pattern.ts'
import { isBlank, unitsOf } from './utf8.ts'

const operations = [...apis.values()].flatMap((api) => [...api.operations.values()])
const secrets = operations.flatMap(({ name, params }) =>
  Object.entries(params).flatMap(([param, { state }]) =>
    state.isSecret && state.pattern !== undefined ? [{ name: `${name}.${param}`, pattern: state.pattern }] : [],
  ),
)

/** Mostly what passwords are made of, of lengths around the bounds. */
const character = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...'AZaz09_@.-! ') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\u4dff', '\u4e00', '中', '\u9fa5', '\u9fa6', 'ä', '\0', '\n', '\ud7ff', '\ue000', '😀'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 1 }) },
)
const password = fc.oneof(
  fc.string({ unit: character, maxLength: 36 }),
  fc.string({ unit: fc.constantFrom(...'AZaz09_中'), minLength: 5, maxLength: 34 }),
)

describe('every secret parameter is checked on bytes as its pattern checks a text', () => {
  test('there are some', () => {
    expect(secrets.length).toBeGreaterThan(8)
  })

  test.each(secrets)('$name', ({ pattern }) => {
    const matches = bytesRule(pattern)
    fc.assert(
      fc.property(password, (text) => {
        expect(matches(Buffer.from(text))).toBe(pattern.test(text))
      }),
      { numRuns: 500 },
    )
  })
})

test.each([/^[A-Za-z0-9_]{8}$/, /^[\x21-\x7e]{0,3}$/, /^[a-][b]{2}[^\\]$/, /^[\s\S]*$/, /^[-a]$/])(
  '%s is understood, or refused',
  (pattern) => {
    if (pattern.source.includes('^\\')) return expect(() => bytesRule(pattern)).toThrow('cannot be checked')
    const matches = bytesRule(pattern)
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 9 }), (text) => {
        expect(matches(Buffer.from(text))).toBe(pattern.test(text))
      }),
    )
  },
)

test.each([/[a]{8}/, /^[a]{8}/, /^[a]{8,}$/, /^[a]{1,2}[b]$/, /^[^a]{8}$/, /^\w{8}$/, /^[\w]{8}$/, /^[a]{8}$/i, /^a$/])(
  'a pattern that is more than a row of classes is refused where it is declared: %s',
  (pattern) => {
    expect(() => bytesRule(pattern)).toThrow('cannot be checked')
  },
)

test('the units of a text and its blankness are those of the text', () => {
  const spaces = fc.string({
    unit: fc.constantFrom(
      ...' \t\n\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\u0085\u180e\u200b\u2010x',
    ),
    maxLength: 3,
  })
  fc.assert(
    fc.property(fc.oneof(spaces, fc.string({ unit: 'binary' })), (text) => {
      const utf8 = Buffer.from(text)
      expect([...unitsOf(utf8)]).toEqual(Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)))
      expect(isBlank(utf8)).toBe(text.trim() === '')
    }),
    { numRuns: 500 },
  )
})
