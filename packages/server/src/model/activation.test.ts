import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { activatedAt, endTime, isActivated, isInArrears, renewedEnd, selfActivationMs } from './activation.ts'
import { addMonths } from './calendar.ts'
import { exampleInstance } from './testing/example.suite.ts'

const moment = fc.integer({ min: 0, max: Date.UTC(2030, 0) })
const arrived = { paidAt: 0, shippedAt: 0, arrivedAt: 0 }

describe('activation', () => {
  test('hardware activates itself 15 days after it arrived, not a moment earlier', () => {
    const instance = exampleInstance(arrived)
    expect(activatedAt(instance, selfActivationMs - 1)).toBeUndefined()
    expect(activatedAt(instance, selfActivationMs)).toBe(selfActivationMs)
    expect(activatedAt(instance, selfActivationMs * 100)).toBe(selfActivationMs)
  })

  test('an activation by hand holds whenever one asks', () => {
    fc.assert(
      fc.property(moment, moment, (at, now) => {
        expect(activatedAt(exampleInstance({ ...arrived, activatedAt: at }), now)).toBe(at)
      }),
    )
  })

  test('what goes back or has not arrived never activates itself', () => {
    fc.assert(
      fc.property(moment, (now) => {
        expect(isActivated(exampleInstance({ ...arrived, returningAt: 1 }), now)).toBe(false)
        expect(isActivated(exampleInstance({ paidAt: 0, shippedAt: 0 }), now)).toBe(false)
      }),
    )
  })

  test.each(['vcpe', 'app'] as const)('a %s serves from payment on', (kind) => {
    expect(isActivated(exampleInstance({ kind }), 5)).toBe(false)
    expect(activatedAt(exampleInstance({ kind, paidAt: 3 }), 5)).toBe(3)
  })

  test('once activated, always activated', () => {
    fc.assert(
      fc.property(moment, moment, moment, (arrivedAt, earlier, later) => {
        fc.pre(earlier <= later)
        const instance = exampleInstance({ ...arrived, arrivedAt })
        if (isActivated(instance, earlier)) expect(activatedAt(instance, later)).toBe(activatedAt(instance, earlier))
      }),
    )
  })
})

describe('subscription', () => {
  test('ends the bought months after service began', () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(1, 9, 12, 36), (start, periodMonths) => {
        const instance = exampleInstance({ ...arrived, activatedAt: start, periodMonths })
        const end = addMonths(start, periodMonths)
        expect(endTime(instance, start)).toBe(end)
        expect(isInArrears(instance, end - 1)).toBe(false)
        expect(isInArrears(instance, end)).toBe(true)
      }),
    )
  })

  test('has no end before service began', () => {
    expect(endTime(exampleInstance({ paidAt: 0 }), 10)).toBeUndefined()
    expect(isInArrears(exampleInstance({ paidAt: 0 }), Date.UTC(2100, 0))).toBe(false)
  })

  test('of a perpetual instance has no end, unless the operator sets one', () => {
    const instance = exampleInstance({ ...arrived, activatedAt: 0, perpetual: true })
    const far = Date.UTC(2500, 0)
    expect(endTime(instance, far)).toBeUndefined()
    expect(isInArrears(instance, far)).toBe(false)
    expect(isInArrears({ ...instance, endsAt: 5 }, 5)).toBe(true)
    expect(renewedEnd({ ...instance, endsAt: 5 }, 1, 5)).toBeUndefined()
  })

  test('is in arrears from the moment a bill is overdue', () => {
    const instance = exampleInstance({ overdueSince: 10 })
    expect([9, 10, 11].map((now) => isInArrears(instance, now))).toEqual([false, true, true])
  })

  test('a renewal restores service at once and never shortens it', () => {
    fc.assert(
      fc.property(moment, moment, fc.constantFrom(1, 6, 12), (start, now, months) => {
        const instance = exampleInstance({ ...arrived, activatedAt: start })
        const end = endTime(instance, now) ?? Number.NaN
        const renewed = renewedEnd(instance, months, now) ?? Number.NaN
        expect(renewed).toBeGreaterThan(Math.max(now, end))
        expect(isInArrears({ ...instance, endsAt: renewed }, now)).toBe(false)
      }),
    )
  })

  test('a renewal before service began moves no end', () => {
    expect(renewedEnd(exampleInstance(), 1, 0)).toBeUndefined()
  })
})
