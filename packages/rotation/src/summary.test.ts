import { expect, test } from 'vitest'
import { isComplete, isFailure, summarise } from './summary.ts'

test('outcomes are counted, the undecided as pending', () => {
  const kept = { is: 'kept', why: 'x' } as const
  const summary = summarise([{ is: 'changed' }, kept, kept, undefined])
  expect(summary).toEqual({ changed: 1, kept: 2, offline: 0, unknown: 0, unsupported: 0, pending: 1 })
  expect(isComplete(summary)).toBe(false)
  expect(isComplete(summarise([{ is: 'changed' }]))).toBe(true)
})

test.each([
  ['kept', true, true],
  ['kept', false, true],
  ['unknown', true, true],
  // It was there when the fleet was listed: that it is gone now may be the rotation's doing.
  ['offline', true, true],
  ['offline', false, false],
  ['unsupported', true, false],
] as const)('%s of one that was online: %s speaks against going on: %s', (is, online, fails) => {
  expect(isFailure({ is, why: '' }, { online })).toBe(fails)
})
