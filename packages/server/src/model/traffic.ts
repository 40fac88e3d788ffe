/** Bytes of inner packets, both ways, as the gateway sees them. */
export interface Traffic {
  readonly received: number
  readonly sent: number
}

/** What went through the tunnels of a gateway in one interval. */
export interface TrafficInterval extends Traffic {
  /** Its beginning, milliseconds since 1970: a multiple of its length. */
  readonly at: number
}

/** What a gateway has counted up to one moment. */
export interface Count {
  /** By the clock of the server. */
  readonly at: number
  readonly traffic: Traffic
}

export interface TrafficSpan {
  /** Length of an interval. */
  readonly stepMs: number
  /** As many intervals are kept, the one under way among them. */
  readonly kept: number
}

/** What is kept of the traffic of a gateway: so many intervals and no more, whatever it tells. */
export const trafficSpans = {
  hour: { stepMs: 60_000, kept: 60 },
  day: { stepMs: 15 * 60_000, kept: 96 },
} as const satisfies Readonly<Record<string, TrafficSpan>>

/** 8 TiB: a day at 800 Mbit/s. More in one count is a gateway that errs, and sums stay numbers. */
export const mostAtOnce = 2 ** 43

/** What went through since the count before. One that fell began anew: links were made again, or the box has started. */
export function countedSince(before: Traffic, now: Traffic): Traffic {
  const isAnew = now.received < before.received || now.sent < before.sent
  const { received, sent } = isAnew ? { received: 0, sent: 0 } : before
  return {
    received: Math.min(now.received - received, mostAtOnce),
    sent: Math.min(now.sent - sent, mostAtOnce),
  }
}

/** The first interval that counts at a moment. */
export function firstInterval({ stepMs, kept }: TrafficSpan, now: number): number {
  return (Math.floor(now / stepMs) - kept + 1) * stepMs
}

/**
 * What went through between two counts, by interval, evenly: nobody knows when in between. So a gateway that was away for
 * hours shows its traffic where it may have been, not all of it in the minute it came back.
 */
export function intervalsBetween(before: Count, now: Count, span: TrafficSpan): readonly TrafficInterval[] {
  const { stepMs } = span
  const { received, sent } = countedSince(before.traffic, now.traffic)
  // A clock may have been set back.
  const from = Math.min(before.at, now.at)
  const length = Math.max(now.at - from, 1)
  const upTo = (moment: number): Traffic => {
    const share = Math.min(Math.max(moment - from, 0) / length, 1)
    return { received: Math.round(received * share), sent: Math.round(sent * share) }
  }
  const intervals: TrafficInterval[] = []
  const first = Math.max(Math.floor(from / stepMs) * stepMs, firstInterval(span, now.at))
  for (let at = first; at <= now.at; at += stepMs) {
    const isLast = at + stepMs > now.at
    const [begin, end] = [upTo(at), isLast ? { received, sent } : upTo(at + stepMs)]
    intervals.push({ at, received: end.received - begin.received, sent: end.sent - begin.sent })
  }
  return intervals
}
