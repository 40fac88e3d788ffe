import { type FleetRow, type Health, healthOf, healths } from '../fleet/row.ts'

/** How thick the line of what carries so many bits a second is, in pixels: each next one stands for ten times as much. */
const widths: readonly (readonly [below: number, pixels: number])[] = [
  [100_000, 2],
  [1_000_000, 3],
  [10_000_000, 5],
  [100_000_000, 8],
  [1_000_000_000, 11],
  [Number.POSITIVE_INFINITY, 14],
]

/** Undefined of what is not known, which is not drawn as a line of nothing. */
export function lineWidth(rate: number | undefined): number | undefined {
  return rate === undefined ? undefined : widths.find(([below]) => rate < below)?.[1]
}

/** The worst first, and in each state what carries most; what nothing is known of stays in its order, behind the others. */
export function byTraffic(rows: readonly FleetRow[], rates: ReadonlyMap<string, number>): readonly FleetRow[] {
  const found = new Map<Health, FleetRow[]>(healths.map((health) => [health, []]))
  for (const row of rows) found.get(healthOf(row))?.push(row)
  const rateOf = ({ SmartAGId }: FleetRow): number => rates.get(SmartAGId) ?? -1
  return [...found.values()].flatMap((own) => own.sort((one, other) => rateOf(other) - rateOf(one)))
}
