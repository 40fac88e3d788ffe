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

function read(lines: readonly string[], key: LineKey, tail = ''): readonly object[] {
  return readLines(Buffer.from(lines.map((line) => `${line}\n`).join('') + tail), key).records
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
    const { whole, records: found } = readLines(Buffer.from(`${one}\n${two.slice(0, 20)}`), key)
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

test('the key of the journal is not the one of the evidence', () => {
  expect(() => read(linesOf(keys.evidence), keys.journal)).toThrow(BrokenLines)
})
