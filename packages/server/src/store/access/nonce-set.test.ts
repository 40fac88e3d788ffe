import { hash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createNonceSet, partCount, sliceMs, sliceOf } from './nonce-set.ts'

const hashOf = (name: string | number): string => hash('sha256', String(name), 'base64url').slice(0, 22)

describe('a set of nonces', () => {
  test('knows each from its first use on, in whichever slice, as a plain set does', () => {
    const step = fc.record({
      name: fc.integer({ min: 0, max: 300 }),
      expiresAt: fc.integer({ min: 0, max: 5 * sliceMs }),
      forgetAt: fc.option(fc.integer({ min: 0, max: 6 * sliceMs }), { freq: 20, nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const set = createNonceSet()
        const model = new Map<number, number>()
        for (const { name, expiresAt, forgetAt } of steps) {
          if (forgetAt !== undefined) {
            for (const slice of set.expired(forgetAt)) {
              set.drop(slice)
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

  test('tells apart what differs in one bit of its 128, and takes one of nothing but zeros', () => {
    const set = createNonceSet()
    const bytes = Buffer.alloc(16)
    expect(set.add(bytes.toString('base64url'), 0)).toBe(true)
    expect(set.add(bytes.toString('base64url'), 0)).toBe(false)
    // The very last bit tells nothing: a fingerprint of nothing but zeros would be a free place.
    for (let bit = 0; bit < 127; bit++) {
      const other = Buffer.alloc(16)
      other[bit >> 3] = bit === 96 ? 2 : 1 << (bit & 7)
      expect(set.add(other.toString('base64url'), 0)).toBe(bit !== 97)
    }
  })

  test('keeps each of very many, and takes up no more than 40 bytes for each from a thousand on', () => {
    const set = createNonceSet()
    for (let index = 0; index < 60_000; index++) {
      set.add(hashOf(index), 0)
      if (index >= 1000 && index % 100 === 0) expect(set.bytes).toBeLessThanOrEqual(40 * set.size)
    }
    expect(set.size).toBe(60_000)
    for (let index = 0; index < 60_000; index += 7) expect(set.add(hashOf(index), 0)).toBe(false)
  })

  test('a slice with very many copies only a small part of them at once to grow', () => {
    const set = createNonceSet()
    const many = 50_000
    let mostAtOnce = 0
    let before = 0
    for (let index = 0; index < many; index++) {
      set.add(hashOf(index), 0)
      mostAtOnce = Math.max(mostAtOnce, set.bytes - before)
      before = set.bytes
    }
    expect(mostAtOnce).toBeLessThan((many * 40) / (partCount / 4))
    for (let index = 0; index < many; index += 11) expect(set.add(hashOf(index), 0)).toBe(false)
  })
})
