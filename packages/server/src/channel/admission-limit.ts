import { createPace, type WallClock } from '@opensag/protocol'

export interface AdmissionLimits {
  /** Handshakes under way at once. */
  readonly atOnce: number
  /** Handshakes that begin in a second, in the long run. */
  readonly perSecond: number
  readonly wallClock: WallClock
}

/** Whether a gateway came from the same address before. */
export type From = 'known' | 'stranger'

/**
 * Lets gateways in no faster than this node can serve them, so that a fleet that comes back all at once neither starves
 * the API nor itself. Who finds it full is told a time of its own to come back at: one place after the other, as many a
 * second as can be let in. Strangers never have all of it: a share is kept for addresses that gateways came from.
 */
export interface AdmissionLimit {
  /** True: it is in, until `leave`. */
  enter(from: From): boolean
  /** Whether all that keeps it out is that another one is inside: of anybody for a known one, of strangers for a stranger. */
  needsRoom(from: From): boolean
  /** Milliseconds after which there is a place for one more. Each time it is asked it gives away another place. */
  later(from: From): number
  /** The handshake of one that is in is over; it took that many milliseconds. */
  leave(from: From, tookMs: number): void
}

/** The weight of the newest handshake in what one is taken to last. */
const newest = 0.05
/** Handshakes are ended long before they take so many milliseconds. */
const mostMs = 60_000
/** Of the places and of the rate. */
const strangersShare = 3 / 4

export function createAdmissionLimit({ atOnce, perSecond, wallClock }: AdmissionLimits): AdmissionLimit {
  const all = createLane(atOnce, perSecond, wallClock)
  const strangers = createLane(Math.ceil(atOnce * strangersShare), perSecond * strangersShare, wallClock)
  let lastMs = 0
  const lanesOf = (from: From): readonly Lane[] => (from === 'known' ? [all] : [strangers, all])

  return {
    enter(from) {
      const lanes = lanesOf(from)
      if (lanes.some((lane) => lane.isFull() || lane.waitMs() > 0)) return false
      for (const lane of lanes) lane.enter()
      return true
    },
    needsRoom(from) {
      const lanes = lanesOf(from)
      return lanes.some((lane) => lane.isFull()) && lanes.every((lane) => lane.waitMs() === 0)
    },
    later: (from) => (from === 'known' ? all : strangers).later(lastMs),
    leave(from, tookMs) {
      for (const lane of lanesOf(from)) lane.leave()
      // Longer than any may take, or less than nothing: the clock was set meanwhile.
      if (tookMs < 0 || tookMs > mostMs) return
      lastMs += newest * (tookMs - lastMs)
    },
  }
}

interface Lane {
  isFull(): boolean
  /** Milliseconds until another handshake may begin; 0: now. */
  waitMs(): number
  enter(): void
  leave(): void
  later(lastMs: number): number
}

function createLane(atOnce: number, perSecond: number, wallClock: WallClock): Lane {
  const everyMs = 1000 / perSecond
  const pace = createPace({ burst: atOnce, everyMs }, wallClock)
  let inside = 0
  /** The place that was given away last. */
  let given = 0
  let heard = Number.NEGATIVE_INFINITY

  return {
    isFull: () => inside >= atOnce,
    waitMs: () => pace.waitMs(),
    enter() {
      pace.take()
      inside++
    },
    leave: () => void inside--,
    later(lastMs) {
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
  }
}
