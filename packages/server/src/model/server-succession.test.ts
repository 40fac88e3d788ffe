import { expect, test } from 'vitest'
import { followingOf } from './server-succession.ts'

const single = { present: 'K0', next: undefined, chain: [] }
const prepared = { present: 'K0', next: 'K1', chain: [] }
const switched = { present: 'K1', next: undefined, chain: [{ by: 'K0', key: 'K1' }] }

test.each([
  [single, 'K0', null, 'ready'],
  [single, null, null, 'unknown'],
  // Restored from a backup made before the preparation.
  [single, 'K0', 'K1', 'other'],
  [single, 'K1', null, 'other'],
  [prepared, 'K0', null, 'waiting'],
  [prepared, 'K0', 'K1', 'ready'],
  [prepared, 'K0', 'of a thief', 'other'],
  // Restored from a backup made between preparation and switch.
  [prepared, 'K1', null, 'ready'],
  [prepared, null, null, 'unknown'],
  [switched, 'K1', null, 'ready'],
  [switched, 'K0', 'K1', 'waiting'],
  [switched, 'K0', null, 'waiting'],
  [switched, 'K0', 'of a thief', 'other'],
  [switched, 'of a thief', null, 'other'],
] as const)('with the keys %j a gateway that pinned %s and %s is %s', (keys, key, successor, following) => {
  expect(followingOf(keys, { key, successor })).toBe(following)
})
