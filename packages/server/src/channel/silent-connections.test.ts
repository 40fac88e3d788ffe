import { expect, test } from 'vitest'
import { createSilentConnections } from './silent-connections.ts'

function create() {
  const silent = createSilentConnections()
  const dropped: string[] = []
  return { silent, dropped, drop: (name: string) => () => void dropped.push(name) }
}

test('the stranger that is silent longest goes first, a known one only for a known one', () => {
  const { silent, dropped, drop } = create()
  silent.add('known', drop('k1'))
  silent.add('stranger', drop('s1'))
  silent.add('stranger', drop('s2'))
  const heard = silent.add('known', drop('k2'))
  expect(silent.dropOldest('stranger')).toBe(true)
  expect(silent.dropOldest('known')).toBe(true)
  expect(silent.dropOldest('stranger')).toBe(false)
  expect(silent.dropOldest('known')).toBe(true)
  heard()
  expect(silent.dropOldest('known')).toBe(false)
  expect(dropped).toEqual(['s1', 's2', 'k1'])
})

test('one that has proved something is not dropped', () => {
  const { silent, dropped, drop } = create()
  const heard = silent.add('stranger', drop('s1'))
  silent.add('stranger', drop('s2'))
  heard()
  silent.dropOldest('stranger')
  expect(dropped).toEqual(['s2'])
})
