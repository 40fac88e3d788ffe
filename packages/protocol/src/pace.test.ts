import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPace } from './pace.ts'

test('so many at once, then one after each interval', () => {
  let now = 0
  const pace = createPace({ burst: 3, everyMs: 10 }, () => now)
  expect([pace.take(), pace.take(), pace.take(), pace.take()]).toEqual([true, true, true, false])
  expect(pace.waitMs()).toBe(10)
  now = 9
  expect(pace.take()).toBe(false)
  now = 10
  expect([pace.take(), pace.take()]).toEqual([true, false])
  now = 1000
  expect([pace.take(), pace.take(), pace.take(), pace.take()]).toEqual([true, true, true, false])
})

test('a clock that is set back makes nobody wait longer than all of it takes', () => {
  let now = 1_000_000
  const pace = createPace({ burst: 2, everyMs: 10 }, () => now)
  expect([pace.take(), pace.take()]).toEqual([true, true])
  now = 0
  expect(pace.waitMs()).toBeLessThanOrEqual(20)
})

test('in any stretch of time no more than the burst and what came back', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 300 }), (pauses) => {
      let now = 0
      const pace = createPace({ burst: 4, everyMs: 7 }, () => now)
      const taken: number[] = []
      for (const pause of pauses) {
        now += pause
        if (pace.take()) taken.push(now)
      }
      taken.forEach((from, first) => {
        taken.slice(first).forEach((to, more) => {
          expect(more + 1).toBeLessThanOrEqual(4 + Math.floor((to - from) / 7))
        })
      })
    }),
  )
})
