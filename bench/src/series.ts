import { median } from './statistics.ts'

/** What one contender showed, round by round. */
export type Series = Map<string, number[]>

export function note(series: Series, contender: string, value: number): void {
  const seen = series.get(contender)
  if (seen === undefined) series.set(contender, [value])
  else seen.push(value)
}

/** Prints a line for each contender: its median, and the median of its ratios to each base in the same round. */
export function show(what: string, unit: string, series: Series, bases: readonly string[]): void {
  for (const [name, values] of series) {
    const ratios = bases.map((base) => {
      const beside = series.get(base) ?? []
      const ratio = median(values.map((value, round) => value / (beside[round] ?? Number.NaN)))
      return `${ratio.toFixed(3).padStart(8)} × ${base}`
    })
    const shown = median(values).toFixed(0).padStart(8)
    console.log(`${what.padEnd(29)} ${name.padEnd(16)} ${shown} ${unit.padEnd(4)}${ratios.join('')}`)
  }
}
