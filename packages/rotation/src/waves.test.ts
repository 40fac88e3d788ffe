import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fleets, gateway } from './testing/gateways.suite.ts'
import { planWaves, waveSizes } from './waves.ts'

const settings = fc.record({
  canary: fc.oneof(
    fc.record({ count: fc.integer({ min: 0, max: 50 }) }),
    fc.record({ percent: fc.integer({ min: 0, max: 100 }) }),
  ),
  growth: fc.double({ min: 1, max: 10, noNaN: true }),
  largest: fc.integer({ min: 1, max: 100 }),
})

test.each([
  [100, { canary: { count: 5 }, growth: 3, largest: 1000 }, [5, 15, 45, 35]],
  [10, { canary: { percent: 10 }, growth: 2, largest: 4 }, [1, 2, 4, 3]],
  [3, { canary: { count: 10 }, growth: 2, largest: 10 }, [3]],
  [4, { canary: { count: 0 }, growth: 1, largest: 10 }, [1, 1, 1, 1]],
  [10, { canary: { count: 1 }, growth: 1.5, largest: 10 }, [1, 1, 2, 3, 3]],
  [0, { canary: { count: 5 }, growth: 3, largest: 10 }, []],
])('%i gateways with %j go in waves of %j', (total, given, sizes) => {
  expect(waveSizes(total, given)).toEqual(sizes)
})

test.each([
  { canary: { count: 1 }, growth: 0.5, largest: 10 },
  { canary: { count: 1 }, growth: Number.NaN, largest: 10 },
  { canary: { count: 1 }, growth: 2, largest: 0 },
])('%j is refused', (given) => {
  expect(() => waveSizes(10, given)).toThrow(RangeError)
})

test('waves take everything, never shrink but at the end, and never pass the largest', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), settings, (total, given) => {
      const sizes = waveSizes(total, given)
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(total)
      for (const [index, size] of sizes.entries()) {
        expect(size).toBeGreaterThan(0)
        expect(size).toBeLessThanOrEqual(given.largest)
        const before = sizes[index - 1]
        if (before !== undefined && index < sizes.length - 1) expect(size).toBeGreaterThanOrEqual(before)
        // Growth counts before it is rounded down, so a wave may be larger by less than one factor.
        if (before !== undefined) expect(size).toBeLessThanOrEqual((before + 1) * given.growth)
      }
    }),
  )
})

describe('a plan', () => {
  test('goes on at the size that was not used up where the second devices of pairs begin', () => {
    const pairs = [1, 2].flatMap((number) =>
      (['active', 'standby'] as const).map((role) =>
        gateway({ instanceId: `sag-${number}`, serial: `sag${number}${role}`, role }),
      ),
    )
    const waves = planWaves(pairs, { canary: { count: 1 }, growth: 2, largest: 10 })
    expect(waves.map((wave) => wave.map(({ role }) => role))).toEqual([['standby'], ['standby'], ['active', 'active']])
  })

  test('has every gateway once, and never both devices of a pair in one wave', () => {
    fc.assert(
      fc.property(fleets, settings, (fleet, given) => {
        const waves = planWaves(fleet, given)
        expect(
          waves
            .flat()
            .map(({ serial }) => serial)
            .sort(),
        ).toEqual(fleet.map(({ serial }) => serial).sort())
        for (const wave of waves) {
          expect(wave.length).toBeGreaterThan(0)
          expect(wave.length).toBeLessThanOrEqual(given.largest)
          expect(new Set(wave.map(({ instanceId }) => instanceId)).size).toBe(wave.length)
        }
      }),
    )
  })

  test('takes the standby device of a pair before the active one', () => {
    fc.assert(
      fc.property(fleets, settings, (fleet, given) => {
        const order = planWaves(fleet, given).flat()
        for (const standby of order.filter(({ role }) => role === 'standby')) {
          const active = order.findIndex(
            ({ instanceId, role }) => instanceId === standby.instanceId && role === 'active',
          )
          expect(order.indexOf(standby)).toBeLessThan(active)
        }
      }),
    )
  })

  test('meets every kind of gateway in the canary wave when there is room', () => {
    const kinds = ['sag-1000', 'sag-100wm', 'SCG5000']
    const fleet = Array.from({ length: 90 }, (_, index) =>
      gateway({ instanceId: `sag-${index}`, serial: `s${index}`, model: kinds[Math.floor(index / 30)] }),
    )
    const [canary = []] = planWaves(fleet, { canary: { count: 3 }, growth: 2, largest: 100 })
    expect(new Set(canary.map(({ model }) => model)).size).toBe(3)
  })
})
