import { type Cidr, enclosing, overlaps } from '@opensag/rules'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ownRanges } from './own-range.ts'

/** Few bits, so that networks often lie in one another and begin alike. */
const networks = fc
  .array(
    fc.record({
      owner: fc.integer({ min: 0, max: 2 }),
      network: fc
        .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 4, max: 12 }))
        .map(([first, length]) => enclosing(first * 2 ** 20, length)),
    }),
    { minLength: 1, maxLength: 6 },
  )
  // No two owners have an address in common: the server sees to that.
  .filter((all) => all.every((one, i) => all.every((two, j) => i === j || !clash(one, two))))

interface Owned {
  readonly owner: number
  readonly network: Cidr
}

const clash = (one: Owned, two: Owned): boolean => one.owner !== two.owner && overlaps(one.network, two.network)

test('a pattern has all that contains a network of an owner, or lies in it, without an address of another owner', () => {
  fc.assert(
    fc.property(networks, (all) => {
      const patterns = ownRanges(
        all.map(({ network }) => network),
        (a, b) => all[a]?.owner === all[b]?.owner,
      )
      for (const [index, { owner, network }] of all.entries()) {
        const { low, high } = patterns[index] ?? { low: 0, high: 0 }
        for (let length = 0; length <= 12; length += 1) {
          const candidate = enclosing(network.first, length)
          const isFree = !all.some((other) => other.owner !== owner && overlaps(other.network, candidate))
          expect({ length, taken: length >= low && length <= high }).toEqual({ length, taken: isFree })
        }
      }
    }),
  )
})
