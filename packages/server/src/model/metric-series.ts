/** How the values of steps become that of the longer step they are in. */
const folds = {
  /** Seconds of which the traffic is known. */
  told: 'sum',
  /** Bytes of inner packets. */
  received: 'sum',
  sent: 'sum',
  packets: 'sum',
  dropped: 'sum',
  /** Seconds. */
  online: 'sum',
  offline: 'sum',
  /** Heartbeats that the gateway waited for the answer of, those of them that none came to, and milliseconds the others took together. */
  beats: 'sum',
  lost: 'sum',
  trip: 'sum',
  /** Times somebody looked who is logged on, how many were in all of these together, and the most at once. */
  looks: 'sum',
  users: 'sum',
  most: 'max',
} as const

export type Measure = keyof typeof folds

export const measures = Object.keys(folds) as readonly Measure[]

/** What is known of one step; a measure that nothing is known of is absent, which is not 0. */
export type Measured = { readonly [measure in Measure]?: number }

export interface Step extends Measured {
  /** Its beginning, milliseconds since 1970: a multiple of its length. */
  readonly at: number
}

export interface SeriesSpan {
  readonly stepMs: number
  /** Steps of so long are packed into one row. */
  readonly packMs: number
  readonly keptMs: number
}

const dayMs = 86_400_000

/** What is kept: the steps of 30 days, and of a year those they are folded to. */
export const seriesSpans = {
  quarter: { stepMs: 900_000, packMs: dayMs, keptMs: 30 * dayMs },
  half: { stepMs: dayMs / 2, packMs: 30 * dayMs, keptMs: 365 * dayMs },
} as const satisfies Readonly<Record<string, SeriesSpan>>

export type SpanName = keyof typeof seriesSpans

export function stepOf(at: number, lengthMs: number): number {
  return Math.floor(at / lengthMs) * lengthMs
}

/** Steps of a greater length. Sums stay what they were, whatever the length. */
export function folded(steps: readonly Step[], stepMs: number): readonly Step[] {
  return combined(
    steps.map((step) => ({ ...step, at: stepOf(step.at, stepMs) })),
    (measure, one, other) => (folds[measure] === 'sum' ? one + other : Math.max(one, other)),
  )
}

/**
 * What is known of the same steps from two looks at them, in any order and however often: what is measured in a step only
 * grows while it lasts, so the larger value is the newer.
 */
export function merged(one: readonly Step[], other: readonly Step[]): readonly Step[] {
  return combined([...one, ...other], (_, value, another) => Math.max(value, another))
}

function combined(
  steps: readonly Step[],
  combine: (measure: Measure, one: number, other: number) => number,
): readonly Step[] {
  const found = new Map<number, { at: number } & { [measure in Measure]?: number }>()
  for (const step of steps) {
    const before = found.get(step.at)
    if (before === undefined) found.set(step.at, { ...step })
    else {
      for (const measure of measures) {
        const value = step[measure]
        if (value === undefined) continue
        const was = before[measure]
        before[measure] = was === undefined ? value : combine(measure, was, value)
      }
    }
  }
  return [...found.values()].sort((one, other) => one.at - other.at)
}

interface Window {
  readonly from: number
  readonly now: number
  readonly stepMs: number
}

/** Seconds that a gateway was there and away, by step. Of a step that nothing is known of there is none. */
export function presenceSteps(
  periods: readonly { readonly from: number; readonly to: number | undefined; readonly state: 'Online' | 'Offline' }[],
  { from, now, stepMs }: Window,
): readonly Step[] {
  const steps = periods.flatMap((period) => {
    const begin = Math.max(period.from, from)
    const end = Math.min(period.to ?? now, now)
    const parts: Step[] = []
    for (let at = stepOf(begin, stepMs); at < end; at += stepMs) {
      const seconds = Math.max(0, Math.min(end, at + stepMs) - Math.max(begin, at)) / 1000
      parts.push({ at, ...(period.state === 'Online' ? { online: seconds } : { offline: seconds }) })
    }
    return parts
  })
  // Rounded once all is added up, not each part.
  return folded(steps, stepMs).map((step) => ({
    at: step.at,
    ...(step.online === undefined ? {} : { online: Math.round(step.online) }),
    ...(step.offline === undefined ? {} : { offline: Math.round(step.offline) }),
  }))
}

/**
 * What a gateway counted, beside when it was there. In a step that it was away in from beginning to end nothing is known of its
 * traffic: what it carried until it came back is one number, which `intervalsBetween` has divided evenly.
 */
export function gatewaySteps(
  counted: readonly Step[],
  presence: readonly Step[],
  { now, stepMs }: Omit<Window, 'from'>,
): readonly Step[] {
  const away = new Map(presence.map(({ at, offline = 0 }) => [at, offline]))
  const wasAway = (at: number): boolean => {
    const lasted = Math.min(at + stepMs, now) - at
    return lasted > 0 && (away.get(at) ?? 0) >= Math.floor(lasted / 1000)
  }
  const seen = counted.filter(({ at }) => at < now && !wasAway(at))
  const told = seen.map((step) => ({ ...step, told: Math.max(1, Math.round(Math.min(stepMs, now - step.at) / 1000)) }))
  return merged(told, presence)
}
