import { type Grid, onGrid } from './steps.ts'

/** What was counted of all gateways together in a quarter of an hour; what is absent is not known. */
export interface FleetStep {
  readonly Time: string
  readonly Gateways: number
  readonly Online: number
  readonly ReceivedBytes?: number
  readonly SentBytes?: number
  readonly RemoteUsers?: string
}

export interface FleetSteps {
  readonly Period: number
  readonly Steps: readonly FleetStep[]
  readonly WeekBefore: readonly FleetStep[]
}

export const fleetKinds = ['traffic', 'online', 'users'] as const
export type FleetKind = (typeof fleetKinds)[number]

const weekMs = 7 * 86_400_000

/** In bit/s, percent, and people. */
function measureOf(kind: FleetKind, step: FleetStep, period: number): number | undefined {
  const { ReceivedBytes, SentBytes, Gateways, Online, RemoteUsers } = step
  switch (kind) {
    case 'traffic':
      return ReceivedBytes === undefined || SentBytes === undefined
        ? undefined
        : (8 * (ReceivedBytes + SentBytes)) / period
    case 'online':
      return Gateways === 0 ? undefined : (100 * Online) / Gateways
    case 'users':
      return RemoteUsers === undefined ? undefined : Number(RemoteUsers)
  }
}

/** The day, and the same hours a week before in the same places; null is a gap, never 0. */
export function fleetLines(
  grid: Grid,
  { Period, Steps, WeekBefore }: FleetSteps,
  kind: FleetKind,
): { readonly now: readonly (number | null)[]; readonly before: readonly (number | null)[] } {
  const value = (step: FleetStep): number | undefined => measureOf(kind, step, Period)
  const earlier = { ...grid, times: grid.times.map((at) => at - weekMs) }
  return { now: onGrid(grid, Steps, value), before: onGrid(earlier, WeekBefore, value) }
}
