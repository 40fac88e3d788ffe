import type { ResultOf } from '@opensag/smartag-client'

type Answer = ResultOf<'DescribeMetricSeries'>
export type GatewayStep = Answer['Devices'][number]['Steps'][number]
export type UsersStep = Answer['RemoteUsers'][number]

/** What can be shown: steps of so many seconds, and how many of them. */
export const ranges = {
  hour: { period: 60, count: 60 },
  day: { period: 900, count: 96 },
  week: { period: 900, count: 672 },
  month: { period: 3600, count: 720 },
  year: { period: 43_200, count: 730 },
} as const

export type Range = keyof typeof ranges

/** Milliseconds of both; the last step has now in it. */
export function windowOf(range: Range, now: number): { readonly from: number; readonly stepMs: number } {
  const { period, count } = ranges[range]
  const stepMs = period * 1000
  return { from: (Math.floor(now / stepMs) - count + 1) * stepMs, stepMs }
}

export const kinds = ['traffic', 'trip', 'loss'] as const
export type Kind = (typeof kinds)[number]

/** Of a kind, in its unit: bit/s, milliseconds, percent. Undefined: nothing is known. */
export const valuesOf = {
  traffic: {
    sent: ({ SentBytes, KnownSeconds }: GatewayStep) => quotient(8, SentBytes, KnownSeconds),
    received: ({ ReceivedBytes, KnownSeconds }: GatewayStep) => quotient(8, ReceivedBytes, KnownSeconds),
  },
  trip: {
    trip: ({ RoundTripMs }: GatewayStep) => (RoundTripMs === undefined ? undefined : Number(RoundTripMs)),
  },
  loss: {
    lost: ({ LostHeartbeats, Heartbeats }: GatewayStep) => quotient(100, LostHeartbeats, Heartbeats),
    dropped: ({ DroppedPackets, Packets }: GatewayStep) => quotient(100, DroppedPackets, Packets),
  },
} as const satisfies Record<Kind, Record<string, (step: GatewayStep) => number | undefined>>

function quotient(factor: number, part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || whole === undefined || whole === 0 ? undefined : (factor * part) / whole
}

export interface Grid {
  /** Beginnings of all steps, milliseconds, also of those that nothing is known of. */
  readonly times: readonly number[]
  readonly stepMs: number
}

export function gridOf(range: Range, now: number): Grid {
  const { from, stepMs } = windowOf(range, now)
  return { times: Array.from({ length: ranges[range].count }, (_, index) => from + index * stepMs), stepMs }
}

/** A value for each step of the grid; null is a gap, never 0. */
export function onGrid<T extends { readonly Time?: string }>(
  grid: Grid,
  steps: readonly T[],
  measure: (step: T) => number | undefined,
): readonly (number | null)[] {
  const known = new Map(steps.map((step) => [Date.parse(step.Time ?? ''), measure(step)]))
  return grid.times.map((at) => known.get(at) ?? null)
}

export interface Span {
  readonly from: number
  readonly to: number
}

/** Steps that a gateway was away in for half of what is known of them, or longer; those beside one another are one. */
export function awaySpans(grid: Grid, steps: readonly GatewayStep[]): readonly Span[] {
  const isAway = onGrid(grid, steps, ({ OnlineSeconds = 0, OfflineSeconds = 0 }) =>
    OfflineSeconds > 0 && OfflineSeconds >= OnlineSeconds ? 1 : undefined,
  )
  const spans: Span[] = []
  for (const [index, at] of grid.times.entries()) {
    if (isAway[index] === null) continue
    const last = spans.at(-1)
    if (last?.to === at) spans[spans.length - 1] = { from: last.from, to: at + grid.stepMs }
    else spans.push({ from: at, to: at + grid.stepMs })
  }
  return spans
}

export interface Numbers {
  readonly mean: number
  readonly most: number
}

/** Undefined: nothing is known. */
export function numbersOf(values: readonly (number | null)[]): Numbers | undefined {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return undefined
  return { mean: known.reduce((sum, value) => sum + value, 0) / known.length, most: Math.max(...known) }
}

export interface TableRow extends Span {
  /** The mean of each line; null: nothing is known. */
  readonly means: readonly (number | null)[]
}

/** The same in so many rows that one can hear them read. */
export function tableOf(grid: Grid, lines: readonly (readonly (number | null)[])[], most = 24): readonly TableRow[] {
  const together = Math.ceil(grid.times.length / most)
  const rows: TableRow[] = []
  for (let first = 0; first < grid.times.length; first += together) {
    const from = grid.times[first] ?? 0
    const length = Math.min(together, grid.times.length - first)
    rows.push({
      from,
      to: from + length * grid.stepMs,
      means: lines.map((values) => numbersOf(values.slice(first, first + length))?.mean ?? null),
    })
  }
  return rows
}
