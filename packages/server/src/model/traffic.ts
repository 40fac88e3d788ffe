import type { HeartbeatCount } from '@opensag/protocol'

/** Bytes of inner packets, both ways, as the gateway sees them. */
export interface Traffic {
  readonly received: number
  readonly sent: number
  /** Packets that passed or should have, and those of them that the gateway threw away. Undefined: it does not count them. */
  readonly packets?: number | undefined
  readonly dropped?: number | undefined
}

/** The same of one that counts everything. */
export type Counted = { readonly [name in keyof Traffic]-?: number }

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

/** Eleven days of a heartbeat a second. More in one count is a gateway that errs, too. */
export const mostBeats = 2 ** 20

/** What went through since the count before. One that fell began anew: links were made again, or the box has started. */
export function countedSince(before: Traffic, now: Traffic): Counted {
  const isAnew = now.received < before.received || now.sent < before.sent
  const since = (was = 0, is = 0): number => Math.min(is - (isAnew ? 0 : Math.min(was, is)), mostAtOnce)
  // The first count of a gateway that has learnt it holds what nobody was told of before.
  const isFirst = before.packets === undefined
  return {
    received: since(before.received, now.received),
    sent: since(before.sent, now.sent),
    packets: isFirst ? 0 : since(before.packets, now.packets),
    dropped: isFirst ? 0 : since(before.dropped, now.dropped),
  }
}

/**
 * Heartbeats since the count before. A program that has begun anew counts from there; of the first count of one nobody knows how
 * much of it is old.
 */
export function heartbeatsSince(
  before: HeartbeatCount | undefined,
  now: HeartbeatCount | undefined,
): HeartbeatCount | undefined {
  if (before === undefined || now === undefined) return undefined
  const was = now.sent < before.sent ? { sent: 0, lost: 0, ms: 0 } : before
  // What one gateway says wrongly stays within what it sent, and sums stay numbers.
  const sent = Math.min(now.sent - was.sent, mostBeats)
  const lost = Math.min(Math.max(now.lost - was.lost, 0), sent)
  return { sent, lost, ms: Math.min(Math.max(now.ms - was.ms, 0), mostAtOnce) }
}

/** Where an interval is kept: the one that was there before is forgotten by then. */
export function slotOf({ stepMs, kept }: TrafficSpan, at: number): number {
  return (at / stepMs) % kept
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
  const all = countedSince(before.traffic, now.traffic)
  // A clock may have been set back.
  const from = Math.min(before.at, now.at)
  const length = Math.max(now.at - from, 1)
  const shareAt = (moment: number): number => Math.min(Math.max(moment - from, 0) / length, 1)
  const intervals: TrafficInterval[] = []
  const first = Math.max(Math.floor(from / stepMs) * stepMs, firstInterval(span, now.at))
  for (let at = first; at <= now.at; at += stepMs) {
    const isLast = at + stepMs > now.at
    const part = (whole: number): number =>
      (isLast ? whole : Math.round(whole * shareAt(at + stepMs))) - Math.round(whole * shareAt(at))
    intervals.push({
      at,
      received: part(all.received),
      sent: part(all.sent),
      packets: part(all.packets),
      dropped: part(all.dropped),
    })
  }
  return intervals
}
