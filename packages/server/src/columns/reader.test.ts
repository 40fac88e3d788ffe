import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { flag, json, text, whole, word } from './column.ts'
import { deviceColumns } from './device.ts'
import { instanceColumns } from './instance.ts'
import { factsReader, slowFactsReader } from './reader.ts'
import type { Columns } from './table.ts'

afterEach(() => vi.unstubAllGlobals())

const columns = {
  id: text('id'),
  shownAs: text('shown_as').optional(),
  kind: word('kind', ['big', 'small']),
  isOpen: flag('open'),
  isFull: flag('full').optional(),
  about: json('about', (parsed) => parsed as Readonly<Record<string, number>>).optional(),
  secret: text('secret').storeOnly(),
  size: whole('size'),
}

const stored = { id: 'a', shown_as: null, kind: 'big', open: 1, full: 0, about: '{"b":2}', size: 0 } as const

test('a row becomes facts by the names and types of its columns', () => {
  const read = factsReader(columns, 'more')
  expect(read({ ...stored }, 'm')).toStrictEqual({
    id: 'a',
    shownAs: undefined,
    kind: 'big',
    isOpen: true,
    isFull: false,
    about: { b: 2 },
    size: 0,
    more: 'm',
  })
  const { about, isFull, shownAs } = read({ ...stored, shown_as: '', full: null, about: null }, 'm')
  expect({ about, isFull, shownAs }).toStrictEqual({ about: undefined, isFull: undefined, shownAs: '' })
})

/** A text that is not JSON cannot be read from such a column. */
function isJson({ type, read }: Columns[string]): boolean {
  try {
    read('no JSON')
    return false
  } catch (error) {
    if (error instanceof SyntaxError) return type === 'text'
    throw error
  }
}

function rows(table: Columns): fc.Arbitrary<Record<string, unknown>> {
  const values = Object.values(table).map((column) => {
    const value: fc.Arbitrary<unknown> =
      column.type === 'whole' ? fc.oneof(fc.constantFrom(0, 1), fc.nat()) : isJson(column) ? fc.json() : fc.string()
    return [column.name, column.nullable ? fc.option(value) : value]
  })
  return fc.record<Record<string, unknown>>(Object.fromEntries(values))
}

test.each([
  ['instance', instanceColumns],
  ['device', deviceColumns],
])('the compiled reader of %s makes what a loop over the columns makes', (_name, table: Columns) => {
  const [compiled, slow] = [factsReader(table, 'more'), slowFactsReader(table, 'more')]
  fc.assert(fc.property(rows(table), (row) => void expect(compiled(row, 1)).toStrictEqual(slow(row, 1))))
})

test('a process that may not generate code reads rows all the same', () => {
  vi.stubGlobal('Function', function refusing() {
    throw new EvalError('Code generation from strings disallowed for this context')
  })
  expect(factsReader(columns, 'more')({ ...stored }, 1)).toMatchObject({ id: 'a', isOpen: true, more: 1 })
})

test('a name that is no plain word is not compiled', () => {
  const strange: Columns = { 'a: evil(), b': text('a') }
  expect(() => factsReader(strange, 'more')).toThrow('No column can be called a: evil(), b.')
})
