import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { evidenceKeyOf } from './evidence-key.ts'
import { BrokenLines, firstLine, type LineKey, type LineRecord, readLines, signLine } from './signed-lines.ts'

const keys = evidenceKeyOf(generateKeyPairSync('ed25519').privateKey)
const others = evidenceKeyOf(generateKeyPairSync('ed25519').privateKey)
const records = [
  { kind: 'a', text: 'with "signature":"quotes"} and\nline breaks' },
  { kind: 'b', number: 2 },
  { kind: 'c', list: [{ x: 1 }] },
  { kind: 'd' },
]

function linesOf(key: LineKey, given: readonly LineRecord[] = records): readonly string[] {
  let at = firstLine
  return given.map((record) => {
    const { text, next } = signLine(record, at, key)
    at = next
    return text
  })
}

function read(lines: readonly string[], key: LineKey): readonly object[] {
  return readLines(Buffer.from(lines.map((line) => `${line}\n`).join('')), key, false).records
}

describe.each([
  ['Ed25519', keys.evidence, others.evidence],
  ['HMAC', keys.journal, others.journal],
])('%s', (_name, key, otherKey) => {
  const lines = linesOf(key)
  const [one = '', two = '', three = '', four = ''] = lines

  test('what was written is read', () => {
    expect(read(lines, key)).toMatchObject(records)
  })

  test('lines of two files of one key do not make a third', () => {
    const other = linesOf(key, [{ kind: 'x' }, { kind: 'y' }, { kind: 'z' }, { kind: 'end' }])
    expect(() => read([one, two, ...other.slice(2)], key)).toThrow(BrokenLines)
    expect(() => read([one, ...other.slice(1, 3), four], key)).toThrow(BrokenLines)
  })

  test('a last line that was only begun is left out', () => {
    const { whole, records: found } = readLines(Buffer.from(`${one}\n${two.slice(0, 20)}`), key, false)
    expect({ whole, found }).toMatchObject({ whole: one.length + 1, found: [{ kind: 'a' }] })
  })

  test.each<[string, readonly string[]]>([
    ['a changed value', [one, two.replace('"number":2', '"number":3'), three, four]],
    ['a changed signature', [one, two.replace(/"signature":"../, '"signature":"AA'), three, four]],
    ['a line removed from the middle', [one, three, four]],
    ['a line removed from the beginning', [two, three, four]],
    ['a line twice', [one, two, two, three, four]],
    ['two lines exchanged', [one, three, two, four]],
    ['a line that is no JSON', [one, 'x', three]],
    ['an empty line', [one, '', two]],
    ['a line without a signature', [one, '{"line":2,"previous":"","kind":"b"}', three]],
    ['a member after the signature', [one, two.replace(/\}$/, ',"more":1}'), three]],
    ['lines signed with another key', linesOf(otherKey)],
    ['one line signed with another key', [one, linesOf(otherKey)[1] ?? '', three]],
  ])('%s is found', (_title, changed) => {
    expect(() => read(changed, key)).toThrow(BrokenLines)
  })
})

describe('a file that grows', () => {
  // The second and the third line were written together, and so were the fourth and the fifth.
  const durable = [0, 1, 1, 3, 3]
  const lines = linesOf(
    keys.journal,
    durable.map((count, index) => ({ kind: 'x', durable: count, index })),
  )
  const numbers = lines.map((_, index) => index)

  function kept(changed: readonly string[]): number {
    return readLines(Buffer.from(changed.map((line) => `${line}\n`).join('')), keys.journal, true).records.length
  }

  function torn(...numbersOfLines: readonly number[]): readonly string[] {
    return lines.map((line, index) =>
      numbersOfLines.includes(index + 1) ? `${line.slice(0, 9)}\0\0\0${line.slice(12)}` : line,
    )
  }

  test.each([
    [5, 4, [5]],
    [4, 3, [4]],
    [4, 3, [4, 5]],
  ])('ends before line %i when a power cut tore it in the last write', (_line, before, broken) => {
    expect(kept(torn(...broken))).toBe(before)
  })

  test('ends before the first torn line when nothing after it was durable', () => {
    expect(kept(torn(2, 4, 5))).toBe(1)
    expect(kept(torn(3, 4, 5))).toBe(2)
    expect(kept(torn(2).slice(0, 3))).toBe(1)
  })

  test.each([1, 2, 3])('is refused when line %i, which a later one says was durable, is broken', (line) => {
    expect(() => kept(torn(line))).toThrow(BrokenLines)
    expect(() => kept(lines.filter((_, index) => index !== line - 1))).toThrow(BrokenLines)
  })

  test('is refused when no line of it is whole', () => {
    expect(() => kept(torn(...numbers.map((number) => number + 1)))).toThrow(BrokenLines)
  })

  test('is refused when a later line does not say what was durable', () => {
    expect(() => kept([lines[0] ?? '', 'x', linesOf(keys.journal)[2] ?? ''])).toThrow(BrokenLines)
  })

  test('goes on at the byte after its last whole line', () => {
    const content = Buffer.from(
      torn(4)
        .map((line) => `${line}\n`)
        .join(''),
    )
    const { whole, next } = readLines(content, keys.journal, true)
    expect(content.toString('utf8', 0, whole)).toBe(
      lines
        .slice(0, 3)
        .map((line) => `${line}\n`)
        .join(''),
    )
    expect(signLine({ kind: 'x', durable: 3, index: 3 } as LineRecord, next, keys.journal).text).toBe(lines[3])
  })
})

test('the key of the journal is not the one of the evidence', () => {
  expect(() => read(linesOf(keys.evidence), keys.journal)).toThrow(BrokenLines)
})
