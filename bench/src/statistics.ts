/** The value below which this share of the values lies; between two of them, in proportion. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const [below, above] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN]
  return below + (above - below) * (place - Math.floor(place))
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** A figure, and how far from it another run on the same machine may come out by chance. */
export interface Figure {
  readonly value: number
  readonly noise: number
}

/**
 * The median with its notch, as box plots have it: 1.57 quartile distances by the root of the count. Two medians that
 * are further apart than their notches differ by more than chance. Of a single value nothing is known: a tenth.
 */
export function figureOf(values: readonly number[]): Figure {
  const value = median(values)
  if (values.length < 3) return { value, noise: Math.abs(value) / 10 }
  const distance = quantile(values, 0.75) - quantile(values, 0.25)
  return { value, noise: (1.57 * distance) / Math.sqrt(values.length) }
}

/** What round by round one was of the other: what disturbed a round disturbed both. */
export function ratios(ones: readonly number[], others: readonly number[]): readonly number[] {
  return ones.map((one, round) => one / (others[round] ?? Number.NaN))
}
