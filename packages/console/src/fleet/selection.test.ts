import { expect, test } from 'vitest'
import { nothingChosen, turned, withAll, without } from './selection.ts'

const rows = ['a', 'b', 'c', 'd', 'e']
const shown = ({ ids }: { readonly ids: ReadonlySet<string> }): string => [...ids].sort().join('')

test('a row is chosen, and given up again', () => {
  const one = turned(nothingChosen, 'b', { rows, toHere: false })
  expect(shown(one)).toBe('b')
  expect(shown(turned(one, 'b', { rows, toHere: false }))).toBe('')
})

test('a range goes from the last row to this one, in either direction, as they are listed', () => {
  const one = turned(nothingChosen, 'd', { rows, toHere: false })
  const range = turned(one, 'b', { rows, toHere: true })
  expect(shown(range)).toBe('bcd')
  expect(shown(turned(range, 'c', { rows, toHere: true }))).toBe('d')
  expect(shown(turned(one, 'a', { rows: ['d', 'a', 'b'], toHere: true }))).toBe('ad')
})

test('a range from a row that is not listed any more is one row', () => {
  const one = turned(nothingChosen, 'x', { rows, toHere: false })
  expect(shown(turned(one, 'c', { rows, toHere: true }))).toBe('cx')
})

test('many are added and taken away at once', () => {
  const all = withAll(nothingChosen, rows)
  expect([shown(all), shown(without(all, ['a', 'e']))]).toEqual(['abcde', 'bcd'])
})
