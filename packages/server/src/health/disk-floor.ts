import { statfs } from 'node:fs/promises'
import type { Timers } from '@opensag/protocol'
import type { Logger } from 'pino'

/** Bytes that are free for this program on the disk of a folder. */
export type FreeBytes = () => Promise<number>

export interface DiskFloor {
  /** Whether less is free than must stay free. Every call that writes asks, so it is in memory. */
  readonly isLow: () => boolean
  /** The last reading; undefined while none succeeded. */
  readonly freeBytes: () => number | undefined
  close(): Promise<void>
}

export interface DiskFloorOptions {
  readonly freeBytes: FreeBytes
  /** Bytes that must stay free; 0 for none. */
  readonly floor: number
  readonly timers: Timers
  readonly logger: Logger
}

/** Milliseconds between two readings. What 5,000 calls a second write in that time is a tenth of the default floor. */
const everyMs = 5000
/** The share of the floor (a tenth) by which it must be exceeded again: a disk that stays around the floor is one state, not many. */
const hysteresis = 10

/** As `df` shows it to a user who is not root. */
export function freeBytesOf(folder: string): FreeBytes {
  return async () => {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  }
}

/**
 * Watches that the disk does not become full. The first reading is taken before this resolves, so that a server that is
 * started on a full disk refuses the first write already.
 */
export async function watchDiskFloor(options: DiskFloorOptions): Promise<DiskFloor> {
  const { freeBytes, floor, timers, logger } = options
  let [low, readable, closed] = [false, true, false]
  let last: number | undefined
  let cancel = (): void => {}
  let reading: Promise<void> = Promise.resolve()

  async function read(): Promise<void> {
    try {
      last = await freeBytes()
      readable = true
    } catch (error) {
      // The state stays what it was: a reading that fails says nothing about the disk.
      if (readable) logger.error({ err: error }, 'the free space of the disk cannot be read')
      readable = false
      return
    }
    const isLow = last < (low ? floor + floor / hysteresis : floor)
    if (isLow === low) return
    low = isLow
    const facts = { freeBytes: last, floorBytes: floor }
    if (low) logger.error(facts, 'the disk is almost full: calls that change something are refused')
    else logger.warn(facts, 'the disk has space again: calls that change something are accepted')
  }

  function schedule(): void {
    if (closed) return
    cancel = timers.after(everyMs, () => {
      reading = read().then(schedule)
    })
  }

  await read()
  schedule()
  return {
    isLow: () => low,
    freeBytes: () => last,
    async close() {
      closed = true
      cancel()
      await reading
    },
  }
}
