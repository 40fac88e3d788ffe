export interface WaveShape {
  /** How many the first wave takes; at least one is taken. */
  readonly first: number
  /** Each wave is so many times the one before; 1 or more. */
  readonly growth: number
  /** No wave is larger. */
  readonly largest: number
}

/** How many of `total` each wave takes; together all of them. */
export function waveSizes(total: number, { first, growth, largest }: WaveShape): readonly number[] {
  if (!(growth >= 1)) throw new RangeError('Waves do not shrink.')
  if (!(largest >= 1)) throw new RangeError('A wave has room for one at least.')
  const sizes: number[] = []
  let next = Math.max(1, first)
  for (let left = total; left > 0; ) {
    const size = Math.min(left, largest, Math.floor(next))
    sizes.push(size)
    left -= size
    next = Math.min(largest, next * growth)
  }
  return sizes
}
