/** When a gateway was there or away, as `DescribeGatewayHealth` tells it. */
export interface Period {
  readonly From: string
  /** Absent: it still lasts. */
  readonly To?: string
  readonly State: 'Online' | 'Offline'
  readonly Ending?: string
}

export interface Step {
  readonly from: number
  readonly to: number
  /** The worst of it; nothing is known of some. */
  readonly state: 'Online' | 'Offline' | 'unknown'
}

export interface Outage {
  readonly from: number
  /** Undefined: it still lasts. */
  readonly to: number | undefined
}

export interface Uptime {
  readonly steps: readonly Step[]
  readonly outages: readonly Outage[]
  /** Of the time that something is known of; undefined: nothing is. */
  readonly percent: number | undefined
  /** Since when something is known, where that is not all of it. */
  readonly knownSince: number | undefined
}

export interface Scale {
  readonly now: number
  readonly stepMs: number
  readonly count: number
}

/** In equal steps that end at multiples of their length, the last with now in it; the worst in a step wins. */
export function uptimeOf(periods: readonly Period[], { now, stepMs, count }: Scale): Uptime {
  const spans = periods.map(({ From, To, State }) => {
    return {
      from: Date.parse(From),
      to: To === undefined ? now : Date.parse(To),
      lasts: To === undefined,
      state: State,
    }
  })
  const end = (Math.floor(now / stepMs) + 1) * stepMs
  const begin = end - count * stepMs
  const steps = Array.from({ length: count }, (_, index): Step => {
    const from = begin + index * stepMs
    const to = from + stepMs
    const within = spans.filter((span) => span.from < to && span.to > from)
    const worst = within.some(({ state }) => state === 'Offline') ? 'Offline' : within[0]?.state
    return { from, to, state: worst ?? 'unknown' }
  })
  const seen = spans
    .map((span) => ({ ...span, from: Math.max(span.from, begin), to: Math.min(span.to, now) }))
    .filter(({ from, to }) => from < to)
  const first = seen[0]?.from
  const known = sum(seen)
  const online = sum(seen.filter(({ state }) => state === 'Online'))
  return {
    steps,
    outages: seen
      .filter(({ state }) => state === 'Offline')
      .map(({ from, to, lasts }) => ({ from, to: lasts ? undefined : to })),
    percent: known === 0 ? undefined : (100 * online) / known,
    knownSince: first !== undefined && first > begin + stepMs ? first : undefined,
  }
}

function sum(spans: readonly { readonly from: number; readonly to: number }[]): number {
  return spans.reduce((total, { from, to }) => total + to - from, 0)
}

/** Never 100 % when something was missing. */
export function percentText(percent: number, locale: string): string {
  const shown = percent === 100 ? 100 : Math.min(Math.floor(percent * 100) / 100, 99.99)
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(shown)} %`
}
