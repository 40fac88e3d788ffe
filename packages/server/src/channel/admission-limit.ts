import { createPace, type WallClock } from '@opensag/protocol'
import { createAdaptingRoom } from './adapting-room.ts'

export interface AdmissionLimits {
  /** Handshakes under way at once, at most. */
  readonly atOnce: number
  /** Handshakes that begin in a second, in the long run. */
  readonly perSecond: number
  readonly wallClock: WallClock
}

/** Whether a gateway came from the same address before. */
export type From = 'known' | 'stranger'

/**
 * Lets gateways in no faster than this node and its store can serve them, so that a fleet that comes back all at once neither
 * starves the API nor itself. Who finds it full is told a time of its own to come back at: one place after the other, as many
 * a second as can be let in. Strangers never have all of it: a share is kept for addresses that gateways came from.
 */
export interface AdmissionLimit {
  /** Undefined: it is full. */
  enter(from: From): Inside | undefined
  /** Whether all that keeps it out is that another one is inside: of anybody for a known one, of strangers for a stranger. */
  needsRoom(from: From): boolean
  /** Milliseconds after which there is a place for one more. Each time it is asked it gives away another place. */
  later(from: From): number
}

/** A handshake under way. */
export interface Inside {
  /** The store took so many milliseconds to admit it, or has not done so for so long. While it is slow fewer are let in at once. */
  served(tookMs: number): void
  /** It is over, and took that many milliseconds. */
  leave(tookMs: number): void
}

/** The weight of the newest handshake in how far apart they are taken to come through. */
const newest = 0.05
/** Handshakes are ended long before they take so many milliseconds. */
const mostMs = 60_000
/** Of the places and of the rate. */
const strangersShare = 3 / 4

export function createAdmissionLimit({ atOnce, perSecond, wallClock }: AdmissionLimits): AdmissionLimit {
  const room = createAdaptingRoom(atOnce)
  const laneOf = (share: number): Lane => createLane({ atOnce, perSecond, wallClock, share, size: room.size })
  const [all, strangers] = [laneOf(1), laneOf(strangersShare)]
  let apartMs = 0
  const lanesOf = (from: From): readonly Lane[] => (from === 'known' ? [all] : [strangers, all])

  return {
    enter(from) {
      const lanes = lanesOf(from)
      if (lanes.some((lane) => lane.isFull() || lane.waitMs() > 0)) return undefined
      for (const lane of lanes) lane.enter()
      const size = room.size()
      const served = room.enter()
      return {
        served(tookMs) {
          if (isTime(tookMs)) served(tookMs)
        },
        leave(tookMs) {
          for (const lane of lanes) lane.leave()
          // With all of that room taken, one would come through each time so much has passed.
          if (isTime(tookMs)) apartMs += newest * (tookMs / size - apartMs)
        },
      }
    },
    needsRoom(from) {
      const lanes = lanesOf(from)
      return lanes.some((lane) => lane.isFull()) && lanes.every((lane) => lane.waitMs() === 0)
    },
    later: (from) => (from === 'known' ? all : strangers).later(apartMs),
  }
}

/** Longer than any may take, or less than nothing: the clock was set meanwhile. */
function isTime(tookMs: number): boolean {
  return tookMs >= 0 && tookMs <= mostMs
}

interface LaneOptions extends AdmissionLimits {
  /** Of all that there is, over 0 to 1. */
  readonly share: number
  /** How many may be inside now, in all lanes. */
  size(): number
}

interface Lane {
  isFull(): boolean
  /** Milliseconds until another handshake may begin; 0: now. */
  waitMs(): number
  enter(): void
  leave(): void
  /** @param apartMs in which one comes through when all lanes are full */
  later(apartMs: number): number
}

function createLane({ atOnce, perSecond, wallClock, share, size }: LaneOptions): Lane {
  const everyMs = 1000 / (perSecond * share)
  const pace = createPace({ burst: Math.ceil(atOnce * share), everyMs }, wallClock)
  let inside = 0
  /** The place that was given away last. */
  let given = 0
  let heard = Number.NEGATIVE_INFINITY

  return {
    isFull: () => inside >= Math.ceil(size() * share),
    waitMs: () => pace.waitMs(),
    enter() {
      pace.take()
      inside++
    },
    leave: () => void inside--,
    later(serviceMs) {
      const now = wallClock()
      // A clock that was set back: the places stay as far away as they were.
      if (now < heard) given -= heard - now
      heard = now
      const apartMs = Math.max(everyMs, serviceMs / share)
      const next = now + Math.max(pace.waitMs(), apartMs)
      given = Math.max(given + apartMs, next)
      return Math.ceil(given - now)
    },
  }
}
