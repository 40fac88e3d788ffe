import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createNonceSet, type FoldedSlice, type NonceSet, sliceMs, sliceOf } from './nonce-set.ts'
import { hashOf } from './testing/hashes.suite.ts'

let lastId = 0

/** As when the runs are on disk at once. */
function foldNow(set: NonceSet): readonly FoldedSlice[] {
  const slices = set.fold()
  set.folded(slices.map(() => ++lastId))
  return slices
}

describe('a set of nonces', () => {
  test('knows each from its first use on, in whichever slice and run, as a plain set does', () => {
    const step = fc.record({
      name: fc.integer({ min: 0, max: 300 }),
      expiresAt: fc.integer({ min: 0, max: 5 * sliceMs }),
      forgetAt: fc.option(fc.integer({ min: 0, max: 6 * sliceMs }), { freq: 20, nil: undefined }),
      fold: fc.constantFrom('begin', 'done', 'failed', ...Array(8).fill('no')),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const set = createNonceSet({ most: 20 })
        const model = new Map<number, number>()
        let under: readonly FoldedSlice[] | undefined
        for (const { name, expiresAt, forgetAt, fold } of steps) {
          if (fold === 'begin' && under === undefined) under = set.fold()
          if (fold === 'failed') set.notFolded()
          if (fold === 'done' && under !== undefined) set.folded(under.map(() => ++lastId))
          if (fold === 'failed' || fold === 'done') under = undefined
          // One thing at a time is done to the runs.
          if (forgetAt !== undefined && under === undefined) {
            if (set.isLooseExpired(forgetAt)) foldNow(set)
            const expired = set.expired(forgetAt)
            set.drop(expired)
            for (const { slice } of expired) {
              for (const [known, at] of model) {
                if (at < slice.from || at > slice.to) continue
                expect(at).toBeLessThan(forgetAt)
                model.delete(known)
              }
            }
            for (const at of model.values()) expect(sliceOf(at).to).toBeGreaterThanOrEqual(forgetAt)
          }
          expect(set.add(hashOf(name), expiresAt)).toBe(!model.has(name))
          if (!model.has(name)) model.set(name, expiresAt)
          expect(set.size).toBe(model.size)
        }
      }),
    )
  })

  test('a fold has all that are loose, slice by slice, and what comes meanwhile stays loose', () => {
    const set = createNonceSet()
    for (let index = 0; index < 100; index++) set.add(hashOf(index), (index % 4) * sliceMs)
    const slices = set.fold()
    expect(slices.map(({ slice, size }) => [slice.from / sliceMs, size]).sort()).toEqual(
      [0, 1, 2, 3].map((n) => [n, 25]),
    )
    expect(set.loose).toBe(0)
    expect(set.add(hashOf(1), 0)).toBe(false)
    expect(set.add(hashOf('later'), 0)).toBe(true)
    set.notFolded()
    expect([set.loose, set.size]).toEqual([101, 101])
    expect(foldNow(set).reduce((total, { size }) => total + size, 0)).toBe(101)
  })

  test('keeps each of very many, takes up no more than 40 bytes for each, and has few runs for each slice', () => {
    const set = createNonceSet()
    const [many, inSlice] = [60_000, 20_000]
    for (let index = 0; index < many; index++) {
      set.add(hashOf(index), Math.floor(index / inSlice) * sliceMs)
      if (set.loose === 500) foldNow(set)
      if (index >= 1000 && index % 100 === 0) expect(set.bytes).toBeLessThanOrEqual(40 * set.size)
    }
    expect(set.size).toBe(many)
    for (let index = 0; index < many; index += 7) expect(set.add(hashOf(index), 0)).toBe(false)
    expect(set.expired(Number.MAX_SAFE_INTEGER).length).toBeLessThanOrEqual((4 * many) / inSlice)
  })

  test('writes each nonce a bounded number of times, however often it is folded, and no run beyond its bound', () => {
    const set = createNonceSet({ most: 5000 })
    let written = 0
    const many = 40_000
    for (let index = 0; index < many; index++) {
      set.add(hashOf(index), 0)
      if (set.loose < 100) continue
      for (const { size } of foldNow(set)) {
        expect(size).toBeLessThanOrEqual(5000)
        written += size
      }
    }
    expect(written / many).toBeLessThan(15)
    expect(set.expired(Number.MAX_SAFE_INTEGER).length).toBeLessThan(30)
  })

  test('takes one that never expires, and forgets it at no time', () => {
    const set = createNonceSet()
    expect(set.add(hashOf(1), Number.MAX_SAFE_INTEGER)).toBe(true)
    foldNow(set)
    expect(set.expired(Date.UTC(9999, 0))).toEqual([])
    expect(set.add(hashOf(1), 0)).toBe(false)
  })
})
