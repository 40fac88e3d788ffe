import { expect, test } from 'vitest'
import { keptResult } from './kept-result.ts'

function counting() {
  let now = 1000
  let walks = 0
  let fails = false
  const kept = keptResult(
    async () => {
      walks += 1
      if (fails) throw new Error('the store does not answer')
      return walks
    },
    { everyMs: 30, wallClock: () => now },
  )
  return {
    kept,
    at: (time: number) => {
      now = time
    },
    fail: (does: boolean) => {
      fails = does
    },
  }
}

test('who asks at once, or soon after, gets the result of one walk; later another is made', async () => {
  const { kept, at } = counting()
  expect(await Promise.all([kept(), kept()])).toEqual([1, 1])
  at(1029)
  expect(await kept()).toBe(1)
  at(1030)
  expect(await kept()).toBe(2)
})

test('a clock that goes back does not keep a result for ever', async () => {
  const { kept, at } = counting()
  expect(await kept()).toBe(1)
  at(10)
  expect(await kept()).toBe(2)
})

test('a walk that failed is made again', async () => {
  const { kept, fail } = counting()
  fail(true)
  await expect(kept()).rejects.toThrow('does not answer')
  fail(false)
  expect(await kept()).toBe(2)
})
