/** So many, or so many of a hundred. */
export type Amount = { readonly count: number } | { readonly percent: number }

/** `7` or `2.5%`; undefined when it is neither. */
export function parseAmount(text: string): Amount | undefined {
  const found = /^(\d{1,9}(?:\.\d{1,6})?)(%?)$/.exec(text.trim())
  if (found === null) return undefined
  const value = Number(found[1])
  if (found[2] === '%') return value <= 100 ? { percent: value } : undefined
  return Number.isInteger(value) ? { count: value } : undefined
}

/** Rounded down. */
export function amountOf(amount: Amount, total: number): number {
  // The small addition: 7 % of 100 is 7, not the 7.000000000000001 or 6.999999999999999 of binary fractions.
  return 'count' in amount ? amount.count : Math.floor((amount.percent * total) / 100 + 1e-9)
}
