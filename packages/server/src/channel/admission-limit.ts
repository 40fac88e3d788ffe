import { createPace, type WallClock } from '@opensag/protocol'

export interface AdmissionLimits {
  /** Handshakes under way at once. */
  readonly atOnce: number
  /** Handshakes that begin in a second, in the long run. */
  readonly perSecond: number
  readonly wallClock: WallClock
}

/**
 * Lets gateways in no faster than this node can serve them, so that a fleet that comes back all at once neither starves
 * the API nor itself. Who finds it full is told a time of its own to come back at: one place after the other, as many a
 * second as can be let in.
 */
export interface AdmissionLimit {
  /** True: it is in, until `leave`. */
  enter(): boolean
  /** Milliseconds after which there is a place for one more. Each time it is asked it gives away another place. */
  later(): number
  /** The handshake of one that is in is over; it took that many milliseconds. */
  leave(tookMs: number): void
}

/** The weight of the newest handshake in what one is taken to last. */
const newest = 0.05
/** Handshakes are ended long before they take so many milliseconds. */
const mostMs = 60_000

export function createAdmissionLimit({ atOnce, perSecond, wallClock }: AdmissionLimits): AdmissionLimit {
  const everyMs = 1000 / perSecond
  const pace = createPace({ burst: atOnce, everyMs }, wallClock)
  let inside = 0
  let lastMs = 0
  /** The place that was given away last. */
  let given = 0
  let heard = Number.NEGATIVE_INFINITY

  return {
    enter() {
      if (inside >= atOnce || !pace.take()) return false
      inside++
      return true
    },
    later() {
      const now = wallClock()
      // A clock that was set back: the places stay as far away as they were.
      if (now < heard) given -= heard - now
      heard = now
      // With everybody inside taking longer, fewer a second come through.
      const apartMs = Math.max(everyMs, lastMs / atOnce)
      const next = now + Math.max(pace.waitMs(), apartMs)
      given = Math.max(given + apartMs, next)
      return Math.ceil(given - now)
    },
    leave(tookMs) {
      inside--
      // Longer than any may take, or less than nothing: the clock was set meanwhile.
      if (tookMs < 0 || tookMs > mostMs) return
      lastMs += newest * (tookMs - lastMs)
    },
  }
}
