import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { enc, encTwice, encTwiceBytes, sortByBytes } from './canonical.ts'

const text = fc.string({ unit: 'binary', maxLength: 40 })
const ascii = fc.string({ unit: 'binary-ascii', maxLength: 40 })

/** RFC 3986, section 2, letter by letter: unreserved characters stay, every other byte is `%` and two upper-case digits. */
function byTheBook(given: string): string {
  let out = ''
  for (const byte of Buffer.from(given, 'utf8')) {
    const char = String.fromCharCode(byte)
    out += /[A-Za-z0-9\-._~]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return out
}

describe('percent-encoding', () => {
  test('is that of RFC 3986 for every text', () => {
    fc.assert(
      fc.property(fc.oneof(text, ascii), (given) => {
        expect(enc(given)).toBe(byTheBook(given))
      }),
    )
  })

  test('twice is the same as once more', () => {
    fc.assert(
      fc.property(fc.oneof(text, ascii), (given) => {
        expect(encTwice(given)).toBe(enc(enc(given)))
        expect(Buffer.from(encTwiceBytes(Buffer.from(given))).toString('latin1')).toBe(encTwice(given))
      }),
    )
  })

  test('writes the characters that clients disagree on as documented', () => {
    expect(enc(" *~+!'()")).toBe('%20%2A~%2B%21%27%28%29')
  })
})

describe('names', () => {
  test('are sorted by their bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(text, ascii)), (names) => {
        const expected = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        expect(sortByBytes([...names])).toEqual(expected)
      }),
    )
  })

  test('beyond U+FFFF come after the last ones before it', () => {
    expect(sortByBytes(['\u{10000}', '\uffee', 'a'])).toEqual(['a', '\uffee', '\u{10000}'])
  })

  test('with indexes and case are in the documented order', () => {
    const names = ['a~', 'X.2', 'X.10', 'X.1', 'X-1', 'x', 'X_1', 'A']
    expect(sortByBytes(names)).toEqual(['A', 'X-1', 'X.1', 'X.10', 'X.2', 'X_1', 'a~', 'x'])
  })
})
