import fc from 'fast-check'
import { expect, test } from 'vitest'
import { heartbeatsSince, mostAtOnce, mostBeats } from './traffic.ts'

const count = fc.record({ sent: fc.maxSafeNat(), lost: fc.maxSafeNat(), ms: fc.maxSafeNat() })

test('whatever a gateway says of its heartbeats, what is added stays within bounds, and lost ones were sent', () => {
  fc.assert(
    fc.property(count, count, (before, now) => {
      const { sent, lost, ms } = heartbeatsSince(before, now) ?? { sent: -1, lost: -1, ms: -1 }
      expect([sent >= 0, sent <= mostBeats, lost >= 0, lost <= sent, ms >= 0, ms <= mostAtOnce]).toEqual(
        Array(6).fill(true),
      )
    }),
  )
})

test('a program that has begun anew counts from there', () => {
  const before = { sent: 100, lost: 9, ms: 1000 }
  expect(heartbeatsSince(before, { sent: 5, lost: 1, ms: 40 })).toEqual({ sent: 5, lost: 1, ms: 40 })
  expect(heartbeatsSince(before, { sent: 103, lost: 10, ms: 1050 })).toEqual({ sent: 3, lost: 1, ms: 50 })
})
