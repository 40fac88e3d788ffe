import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreed, differenceOf, edited, localStatus, promiseAfterReport, synStatus } from './syn-status.ts'

const fine = {
  local: 'Synchronized',
  desired: 7,
  reported: 7,
  onTrial: false,
  failing: false,
  reverted: undefined,
  unknown: false,
} as const

test.each([
  ['the newest one, confirmed', {}, undefined, 'Synchronized'],
  ['the newest one, on trial', { onTrial: true }, 'on-trial', 'Synchronizing'],
  ['the newest one, which its system does not take', { failing: true }, 'failing', 'Synchronizing'],
  ['the newest one but for what its program does not know', { unknown: true }, 'unsupported', 'Unsynchronized'],
  ['an older one, and it would not know the newest', { reported: 6, unknown: true }, 'on-its-way', 'Synchronizing'],
  ['an older one', { reported: 6 }, 'on-its-way', 'Synchronizing'],
  ['an older one, the newest given up', { reported: 6, reverted: 7 }, 'reverted', 'Unsynchronized'],
  ['an older one, an older one given up', { reported: 5, reverted: 6 }, 'on-its-way', 'Synchronizing'],
  ['none', { reported: 0 }, 'on-its-way', 'Synchronizing'],
  ['a change at the console', { local: 'Unsynchronized', reported: 6 }, 'local-change', 'Unsynchronized'],
  ['a change being taken over', { local: 'Synchronizing', reverted: 7 }, 'taking-over', 'Synchronizing'],
] as const)('holding %s', (_, known, difference, status) => {
  expect([differenceOf({ ...fine, ...known }), synStatus({ ...fine, ...known })]).toEqual([difference, status])
})

test('a promise to take a change over is kept whatever is lost, and never covers a later change', () => {
  const actions = fc.array(fc.constantFrom('edit', 'promise', 'report', 'told', 'told late'), { maxLength: 60 })
  fc.assert(
    fc.property(actions, (schedule) => {
      let gateway = { local: 0, synced: 0 }
      let known = gateway
      let promised: number | null = null
      let seen = 0
      const told: number[] = []
      for (const action of schedule) {
        if (action === 'edit') gateway = edited(gateway)
        if (action === 'promise' && localStatus(known, promised) === 'Unsynchronized') {
          promised = known.local
          seen = known.local
        }
        if (action === 'report') {
          known = gateway
          promised = promiseAfterReport(promised, known)
          if (promised !== null) told.push(promised)
        }
        const revision = action === 'told' ? told.shift() : action === 'told late' ? told.at(-1) : undefined
        if (revision !== undefined) gateway = agreed(gateway, revision)
        expect(gateway.synced).toBeLessThanOrEqual(Math.max(seen, 0))
      }
      // No faults from here on.
      const promisedNow = promised === gateway.local
      for (let round = 0; round < 3; round++) {
        known = gateway
        promised = promiseAfterReport(promised, known)
        if (promised !== null) gateway = agreed(gateway, promised)
      }
      if (promisedNow) expect(localStatus(gateway, promised)).toBe('Synchronized')
      if (gateway.local > seen) expect(localStatus(gateway, promised)).toBe('Unsynchronized')
    }),
    { numRuns: 2000 },
  )
})

test('a change at the console after the promise is not covered by it', () => {
  expect(promiseAfterReport(3, { local: 3, synced: 2 })).toBe(3)
  expect(promiseAfterReport(3, { local: 4, synced: 2 })).toBeNull()
  expect(promiseAfterReport(3, { local: 3, synced: 3 })).toBeNull()
})

test('a revision that is still to come, or was passed, is not agreed on', () => {
  const revisions = { local: 3, synced: 1 }
  expect([2, 3].map((revision) => agreed(revisions, revision).synced)).toEqual([2, 3])
  expect([0, 1, 4].map((revision) => agreed(revisions, revision).synced)).toEqual([1, 1, 1])
})
