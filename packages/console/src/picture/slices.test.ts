import { describe, expect, test } from 'vitest'
import { inSlices } from './slices.ts'

function* counting(to: number): Generator<undefined, number> {
  for (let step = 0; step < to; step += 1) yield
  return to
}

/** A clock that goes on by a millisecond with each look at it, and turns that come when they are called. */
function around() {
  let time = 0
  let next: (() => void) | undefined
  return {
    now: () => time++,
    later(callback: () => void) {
      next = callback
      return () => {
        next = undefined
      }
    },
    turn(): boolean {
      const callback = next
      next = undefined
      callback?.()
      return callback !== undefined
    },
  }
}

describe('work in slices', () => {
  test('is done after several turns, and its outcome told once', () => {
    const page = around()
    const done: number[] = []
    inSlices(counting(100), (value) => done.push(value), page)
    expect(done).toEqual([])
    let turns = 0
    while (page.turn()) turns += 1
    expect(done).toEqual([100])
    expect(turns).toBeGreaterThan(8)
  })

  test('that is given up goes no further', () => {
    const page = around()
    const done: number[] = []
    const giveUp = inSlices(counting(100), (value) => done.push(value), page)
    page.turn()
    page.turn()
    giveUp()
    expect(page.turn()).toBe(false)
    expect(done).toEqual([])
  })
})
