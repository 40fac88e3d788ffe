/** What came and went in one interval. */
export interface Interval {
  /** Its beginning, milliseconds since 1970. */
  readonly at: number
  readonly received: number
  readonly sent: number
}

/** One interval of a chart, the newest at 0. Heights are shares of the largest: 0 to 1. */
export interface Bar extends Interval {
  readonly place: number
  readonly receivedHeight: number
  readonly sentHeight: number
}

export interface Chart {
  readonly bars: readonly Bar[]
  /** Bytes in all of it. */
  readonly received: number
  readonly sent: number
  /** Bytes of the busiest interval, of the direction that had more. */
  readonly most: number
}

/** An interval that nothing is known of has no bar. */
export function chartOf(intervals: readonly Interval[], { now, stepMs }: { now: number; stepMs: number }): Chart {
  const newest = Math.floor(now / stepMs) * stepMs
  const most = Math.max(0, ...intervals.flatMap(({ received, sent }) => [received, sent]))
  return {
    // Clocks differ: one of the next minute is of this one.
    bars: intervals.map((one) => ({
      ...one,
      place: Math.max(0, Math.round((newest - one.at) / stepMs)),
      receivedHeight: one.received / Math.max(most, 1),
      sentHeight: one.sent / Math.max(most, 1),
    })),
    received: intervals.reduce((sum, { received }) => sum + received, 0),
    sent: intervals.reduce((sum, { sent }) => sum + sent, 0),
    most,
  }
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const
const bitUnits = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'] as const

/** `1.5 MB`: units of 1000, as bandwidths have. */
export function bytesText(bytes: number): string {
  return inUnits(bytes, byteUnits)
}

/** `12 Mbit/s`: the rate that carries so many bytes in so long. */
export function rateText(bytes: number, milliseconds: number): string {
  return inUnits((bytes * 8000) / milliseconds, bitUnits)
}

function inUnits(value: number, units: readonly string[]): string {
  let rest = value
  let unit = 0
  // What would be rounded to 1000 is 1 of the next.
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1000
    unit += 1
  }
  const digits = unit > 0 && rest < 9.95 ? 1 : 0
  return `${rest.toFixed(digits).replace(/\.0$/, '')} ${units[unit]}`
}
