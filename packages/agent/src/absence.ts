/** What a gateway's own clocks show at one moment. */
export interface Moment {
  /** Names this start of the machine; empty where the system has no such name. */
  readonly boot: string
  /** Milliseconds since the machine started. Nobody can set it. */
  readonly upMs: number
  /** Milliseconds since 1970. Anybody with access can set it, and a machine may start without knowing it. */
  readonly wallMs: number
}

/** What was known of the absence when it was last written down. */
export interface Mark extends Moment {
  /** It was connected at that moment. */
  readonly connected: boolean
  /** How long it had been without a connection. */
  readonly spentMs: number
}

/**
 * How long a gateway has been without a connection, as far as it knows; the table is in docs/gateway-protocol.md. Whoever
 * has the gateway can set its clock and switch it off and on: neither takes back what was counted while it ran. A clock that
 * is wrong after a start cannot lock a gateway by itself: it has {@link graceMs} left to reach its server.
 */
export function absentMs(mark: Mark, now: Moment, thresholdMs: number): number {
  // It may have been connected until just before the next mark would have been written.
  const unsureMs = mark.connected ? markEveryMs(thresholdMs) : 0
  if (mark.boot !== '' && mark.boot === now.boot) {
    return mark.spentMs + Math.max(0, now.upMs - mark.upMs - unsureMs)
  }
  // Since this start it was not connected: that much is certain, whatever the wall clock says.
  const certainMs = mark.spentMs + (now.boot === '' ? 0 : now.upMs)
  const claimedMs = mark.spentMs + now.wallMs - mark.wallMs - unsureMs
  return Math.max(certainMs, Math.min(claimedMs, thresholdMs - graceMs(thresholdMs)))
}

const minuteMs = 60_000

/** What is left, after a start, of an absence that only the wall clock tells of. */
export function graceMs(thresholdMs: number): number {
  return Math.min(thresholdMs / 2, 5 * minuteMs)
}

/** The longest time between two marks: what a power cut can hide of an absence, against what a flash memory endures. */
export function markEveryMs(thresholdMs: number): number {
  return Math.min(Math.max(thresholdMs / 8, 5000), 15 * minuteMs)
}

/**
 * How long until the next mark, when the absence or the program began `sinceMs` ago: marks come closely at first, so that
 * switching it off and on again and again hides half of the time at most, and few are written.
 */
export function nextMarkMs(sinceMs: number, thresholdMs: number): number {
  const every = markEveryMs(thresholdMs)
  return Math.min(every, Math.max(every / 16, sinceMs))
}
