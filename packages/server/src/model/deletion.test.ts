import { expect, test } from 'vitest'
import { deletableAfterMs, deletionHindrance } from './deletion.ts'
import { exampleInstance } from './testing/example.suite.ts'

const end = 1_000_000_000
const ended = exampleInstance({ activatedAt: 0, endsAt: end })

test('seven days after its end hardware can be deleted, and not a millisecond before', () => {
  expect(deletionHindrance(ended, false, end + deletableAfterMs)).toBeUndefined()
  expect(deletionHindrance(ended, false, end + deletableAfterMs - 1)).toBe('notOverdue')
})

test('an unpaid bill counts as the end does', () => {
  const unpaid = exampleInstance({ activatedAt: 0, endsAt: end * 100, overdueSince: end })
  expect(deletionHindrance(unpaid, false, end + deletableAfterMs)).toBeUndefined()
})

test('what was never activated is not overdue', () => {
  expect(deletionHindrance(exampleInstance(), false, end)).toBe('notOverdue')
})

test('a perpetual instance is deleted by its owner at any time, unless it is in use', () => {
  const perpetual = exampleInstance({ activatedAt: 0, perpetual: true })
  expect(deletionHindrance(perpetual, false, end)).toBeUndefined()
  expect(deletionHindrance({ ...perpetual, ccnId: 'ccn-1' }, false, end)).toBe('bound')
})

test('an instance in a CCN or with a VBR stays', () => {
  const at = end + deletableAfterMs
  expect(deletionHindrance({ ...ended, ccnId: 'ccn-1' }, false, at)).toBe('bound')
  expect(deletionHindrance(ended, true, at)).toBe('bound')
})

test.each(['app', 'vcpe'] as const)('%s is not deleted by its owner', (kind) => {
  expect(deletionHindrance({ ...ended, kind }, false, end + deletableAfterMs)).toBe('kind')
})
