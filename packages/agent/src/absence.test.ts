import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { absentMs, graceMs, type Mark, type Moment, markEveryMs, nextMarkMs } from './absence.ts'

const hour = 3_600_000
const year = 365 * 24 * hour
const mark: Mark = { connected: false, spentMs: 1000, boot: 'one', upMs: 50_000, wallMs: 1_700_000_000_000 }

function later(more: Partial<Moment>): Moment {
  return { boot: mark.boot, upMs: mark.upMs, wallMs: mark.wallMs, ...more }
}

test.each([
  ['the same start: what its own clock says', mark, later({ upMs: 60_000 }), 11_000],
  ['the same start, the wall clock years ahead', mark, later({ upMs: 60_000, wallMs: mark.wallMs + year }), 11_000],
  ['the same start, the wall clock set back', mark, later({ upMs: 60_000, wallMs: 0 }), 11_000],
  ['the same start, its own clock behind: a machine that was put back', mark, later({ upMs: 1 }), 1000],
  [
    'another start, off for 20 minutes',
    mark,
    later({ boot: 'two', upMs: 9, wallMs: mark.wallMs + hour / 3 }),
    1_201_000,
  ],
  ['another start, the wall clock set back', mark, later({ boot: 'two', upMs: 7000, wallMs: 0 }), 8000],
  ['another start, no clock then or now', { ...mark, wallMs: 5 }, later({ boot: 'two', upMs: 7000, wallMs: 5 }), 8000],
  [
    'another start, years ahead',
    mark,
    later({ boot: 'two', upMs: 7000, wallMs: mark.wallMs + year }),
    (hour * 11) / 12,
  ],
  ['a start without a name, off for 20 minutes', mark, later({ boot: '', wallMs: mark.wallMs + hour / 3 }), 1_201_000],
  ['a start without a name, up for long before', mark, later({ boot: '', upMs: year, wallMs: 0 }), 1000],
  [
    'connected at the mark: perhaps until the next one was due',
    { ...mark, connected: true, spentMs: 0 },
    later({ upMs: 50_000 + hour }),
    (hour * 7) / 8,
  ],
])('%s', (_what, from, now, counted) => {
  expect(absentMs(from, now, hour)).toBe(counted)
})

/** What happens to a gateway that is stolen, or only cut off. Milliseconds. */
type Happening =
  | { readonly is: 'runs'; readonly forMs: number }
  | { readonly is: 'starts anew'; readonly afterMs: number }
  | { readonly is: 'wall clock'; readonly byMs: number }

const runs = fc.record({ is: fc.constant('runs' as const), forMs: fc.integer({ min: 0, max: 2 * hour }) })
const startsAnew = fc.record({
  is: fc.constant('starts anew' as const),
  afterMs: fc.integer({ min: 0, max: 4 * hour }),
})
const jump = fc.integer({ min: -60 * year, max: 60 * year })
const wallClock = fc.record({ is: fc.constant('wall clock' as const), byMs: jump })
const thresholds = fc.integer({ min: 1, max: 7 * 24 * 3600 }).map((seconds) => seconds * 1000)

interface Followed {
  /** What it counts at the end. */
  readonly counted: number
  /** What it counted right after each start, and what it had counted before. */
  readonly atStarts: readonly { readonly before: number; readonly after: number }[]
  readonly runningMs: number
  readonly offMs: number
  readonly counts: readonly number[]
}

/** Follows it from the moment its connection ended; a mark is written at the end of whatever happens. */
function follow(happenings: readonly Happening[], thresholdMs: number): Followed {
  let now: Moment = { boot: '0', upMs: 12_345, wallMs: 1_700_000_000_000 }
  let last: Mark = { ...now, connected: false, spentMs: 0 }
  let [runningMs, offMs] = [0, 0]
  const atStarts: { before: number; after: number }[] = []
  const counts: number[] = []
  for (const happening of happenings) {
    const before = last.spentMs
    if (happening.is === 'runs') {
      runningMs += happening.forMs
      now = { ...now, upMs: now.upMs + happening.forMs, wallMs: now.wallMs + happening.forMs }
    } else if (happening.is === 'starts anew') {
      offMs += happening.afterMs
      now = { boot: `${Number(now.boot) + 1}`, upMs: 0, wallMs: now.wallMs + happening.afterMs }
    } else {
      now = { ...now, wallMs: now.wallMs + happening.byMs }
    }
    last = { ...now, connected: false, spentMs: absentMs(last, now, thresholdMs) }
    if (happening.is === 'starts anew') atStarts.push({ before, after: last.spentMs })
    counts.push(last.spentMs)
  }
  return { counted: last.spentMs, atStarts, runningMs, offMs, counts }
}

describe('whatever is done to its power and to its wall clock', () => {
  const anything = fc.array(fc.oneof(runs, startsAnew, wallClock), { maxLength: 30 })

  test('no time it ran without its server is ever taken back', () => {
    fc.assert(
      fc.property(anything, thresholds, (happenings, thresholdMs) => {
        const { counted, runningMs, counts } = follow(happenings, thresholdMs)
        expect(counted).toBeGreaterThanOrEqual(runningMs)
        expect([...counts].sort((a, b) => a - b)).toEqual(counts)
      }),
    )
  })

  test('a start alone never locks it: what its own clock has not seen leaves it the grace', () => {
    fc.assert(
      fc.property(anything, thresholds, (happenings, thresholdMs) => {
        for (const { before, after } of follow(happenings, thresholdMs).atStarts) {
          expect(after).toBeLessThanOrEqual(Math.max(before, thresholdMs - graceMs(thresholdMs)))
        }
      }),
    )
  })

  test('with an honest wall clock it counts all of it, up to the grace, and nothing else', () => {
    const honest = fc.array(fc.oneof(runs, startsAnew), { maxLength: 30 })
    fc.assert(
      fc.property(honest, thresholds, (happenings, thresholdMs) => {
        const { counted, runningMs, offMs } = follow(happenings, thresholdMs)
        expect(counted).toBeLessThanOrEqual(runningMs + offMs)
        expect(counted).toBeGreaterThanOrEqual(Math.min(runningMs + offMs, thresholdMs - graceMs(thresholdMs)))
      }),
    )
  })
})

test('marks: closely at first, then regularly; half of the time at most is between the last one and a power cut', () => {
  fc.assert(
    fc.property(thresholds, fc.integer({ min: 0, max: 3 * hour }), (thresholdMs, runMs) => {
      const every = markEveryMs(thresholdMs)
      let [at, count] = [0, 0]
      for (let next = nextMarkMs(0, thresholdMs); at + next <= runMs; next = nextMarkMs(at, thresholdMs)) {
        at += next
        count++
        expect(next).toBeLessThanOrEqual(every)
      }
      expect(runMs - at).toBeLessThanOrEqual(Math.max(at, every / 16))
      expect(count).toBeLessThanOrEqual(6 + runMs / every)
    }),
  )
})
