/** Chance that can be repeated: the same seed gives the same numbers on every machine. */
export interface Chance {
  /** A whole number from 0 up to, and without, `below`. */
  below(below: number): number
}

/** "mulberry32" by Tommy Ettinger (public domain): small, quick, and good enough to choose what breaks next. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0
  return {
    below(below) {
      state = (state + 0x6d2b79f5) >>> 0
      let mixed = Math.imul(state ^ (state >>> 15), state | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below)
    },
  }
}

/** The seed of one of many schedules: neighbours must have nothing in common. */
export function seedOf(seed: number, index: number): number {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35)
  mixed ^= mixed >>> 15
  mixed = Math.imul(mixed, 0x2c1b3c6d)
  return (mixed ^ (mixed >>> 13)) >>> 0
}
