import { expect, test } from 'vitest'
import { FleetCopy } from './copy.ts'
import type { FleetRow } from './row.ts'

const row = (SmartAGId: string, Name = SmartAGId): FleetRow => ({ SmartAGId, Name }) as FleetRow
const shown = (copy: FleetCopy): string => copy.rows.map(({ Name }) => Name).join(' ')

function full(): FleetCopy {
  const copy = new FleetCopy()
  copy.take({ Instances: [row('a'), row('c')], Ranges: [{ UpTo: 'c' }], Since: '1' })
  copy.take({ Instances: [row('e'), row('g')], Ranges: [{ After: 'c' }], Since: '2' })
  return copy
}

test('the first answers follow one another', () => {
  const copy = full()
  expect([shown(copy), copy.since]).toEqual(['a c e g', '2'])
})

test('in a range that is told, a row changes, one comes and one goes; outside all stay', () => {
  const copy = full()
  copy.take({ Instances: [row('b'), row('c', 'C')], Ranges: [{ After: 'a', UpTo: 'd' }], Since: '3' })
  expect(shown(copy)).toBe('a b C e g')
  copy.take({ Instances: [], Ranges: [{ UpTo: 'a' }, { After: 'd', UpTo: 'f' }], Since: '4' })
  expect(shown(copy)).toBe('b C g')
  copy.take({ Instances: [row('h')], Ranges: [{ After: 'f' }], Since: '5' })
  expect(shown(copy)).toBe('b C h')
})

test('nothing new leaves the very same list, and a row that was told again the very same row', () => {
  const copy = full()
  const [before, first] = [copy.rows, copy.rows[0]]
  copy.take({ Instances: [], Ranges: [], Since: '3' })
  expect(copy.rows).toBe(before)
  copy.take({ Instances: [row('a'), row('c', 'C')], Ranges: [{ UpTo: 'c' }], Since: '4' })
  expect(copy.rows[0]).toBe(first)
  expect(shown(copy)).toBe('a C e g')
})
