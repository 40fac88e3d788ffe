import { parseNetwork } from '@opensag/rules'
import { expect, test } from 'vitest'
import {
  blockMistake,
  emptyDraft,
  hostsIn,
  isPlaceWhole,
  isWhole,
  networkMistake,
  placeMistake,
  takenBy,
} from './draft.ts'

const draft = { ...emptyDraft('1', 'cn-shanghai'), name: 'Lisbon-Baixa', serial: 'sag0000001' }

test.each([
  ['', 'missing'],
  ['a', 'name'],
  ['1st', 'name'],
  ['Lisbon Baixa', 'name'],
  ['上海-1', undefined],
  [`a${'b'.repeat(127)}`, undefined],
  [`a${'b'.repeat(128)}`, 'name'],
])('the name %s: %s', (name, mistake) => {
  expect(placeMistake({ ...draft, name }, 'name')).toBe(mistake)
})

test('a box needs its serial number, a vCPE gets one', () => {
  expect(placeMistake({ ...draft, serial: '' }, 'serial')).toBe('missing')
  expect(placeMistake({ ...draft, serial: 'a b' }, 'serial')).toBe('serial')
  expect(isPlaceWhole({ ...draft, serial: '' })).toBe(false)
  expect(isPlaceWhole({ ...draft, serial: '', model: 'sag-vcpe' })).toBe(true)
})

test.each([
  [{}, true],
  [{ made: { networkId: 'ccn-1', instanceId: 'sag-1', sent: 'order', sentAt: 1, done: ['network'] } }, true],
  [{ model: 'other' }, false],
  [{ made: { instanceId: 1, done: [] } }, false],
  [{ made: { networkId: null, done: [] } }, false],
  [{ made: { sent: 'order', sentAt: 'now', done: [] } }, false],
])('a draft that was kept with %j can be gone on with: %s', (kept, whole) => {
  expect(isWhole({ ...draft, ...(kept as object) })).toBe(whole)
})

test('a new network needs a name, an existing one and none do not', () => {
  expect(networkMistake({ ...draft, newNetwork: '' })).toBeUndefined()
  expect(networkMistake({ ...draft, network: 'new', newNetwork: '' })).toBe('missing')
  expect(networkMistake({ ...draft, network: 'new', newNetwork: '1' })).toBe('network')
  expect(networkMistake({ ...draft, network: 'new', newNetwork: `a${'b'.repeat(100)}` })).toBe('network')
  expect(networkMistake({ ...draft, network: 'new', newNetwork: 'branches' })).toBeUndefined()
})

test.each([
  ['', 'missing'],
  ['10.1.0.0/24', undefined],
  ['10.1.0.0/30', undefined],
  ['10.1.0.0/31', 'block'],
  ['10.1.0.1/24', 'block'],
  ['10.1.0.0', 'block'],
])('the block %s: %s', (cidr, mistake) => {
  expect(blockMistake(cidr)).toBe(mistake)
})

test('whoever has some of the addresses is named', () => {
  const block = parseNetwork('10.1.0.0/24')
  if (typeof block === 'string') throw new Error(block)
  const neighbour = { id: 'sag-1', regionId: 'cn-shanghai', name: 'Porto', block }
  expect(takenBy('10.1.0.128/25', [neighbour])).toBe(neighbour)
  expect(takenBy('10.1.1.0/24', [neighbour])).toBeUndefined()
  expect(takenBy('10.1', [neighbour])).toBeUndefined()
})

test('hosts of a mask', () => {
  expect([22, 24, 27].map(hostsIn)).toEqual([1022, 254, 30])
})
