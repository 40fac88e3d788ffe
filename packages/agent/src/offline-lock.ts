import { createMutex, type Timers } from '@opensag/protocol'
import { absentMs, type Mark, markEveryMs, nextMarkMs } from './absence.ts'
import type { BoxClock } from './box-clock.ts'
import type { Disk } from './disk.ts'
import { type LockRecord, readLockRecord, writeLockRecord } from './offline-lock-record.ts'

/**
 * The offline lock, against theft: a gateway that has been without its server for as long as its threshold locks itself,
 * without being told, and only the server opens it. It outlives restarts, and no reset button opens it.
 */
export interface OfflineLock {
  isLocked(): boolean
  /** Milliseconds until it locks if nothing is heard of the server; 0: it is locked; Infinity: it does not. */
  remainingMs(): number
  /** Called whenever the above is another than time alone would make it. */
  onChange(listener: () => void): void
  /** The server says so; durable when it resolves. */
  set(locked: boolean): Promise<void>
  /** The threshold that is in force from now on, in seconds; 0 is off. What is locked stays locked. */
  arm(seconds: number): void
  /** It is connected from now on, or not any more. */
  connected(isNow: boolean): void
  /** Resolves when nothing is being written. */
  settled(): Promise<void>
  /** No timer runs any more. */
  close(): void
}

export interface OfflineLockOptions {
  readonly disk: Disk
  readonly timers: Timers
  readonly clock: BoxClock
  /** It has locked itself. */
  readonly onLocked?: () => void
  /** It could not be written down: that is tried again. */
  readonly problem?: (error: unknown) => void
}

/** @throws when its record cannot be read. */
export async function openOfflineLock(options: OfflineLockOptions): Promise<OfflineLock> {
  const { disk, timers, clock, onLocked = () => {}, problem = () => {} } = options
  let { locked, threshold, mark }: LockRecord = await readLockRecord(disk)
  const exclusive = createMutex()
  const listeners: (() => void)[] = []
  let isConnected = false
  /** When this absence began, or this program: marks come closely after that. */
  let beganMs = clock().upMs
  let cancelNext = (): void => {}
  let isClosed = false
  /** What a power cut would bring back. */
  let durable = locked

  /** Writes down what holds at the moment of its turn. */
  function write(): Promise<void> {
    return exclusive(async () => {
      const now = locked
      await writeLockRecord(disk, { locked: now, threshold, mark })
      durable = now
    })
  }

  function writeSometime(): void {
    write().catch(problem)
  }

  function spentMs(): number {
    return mark === null || isConnected ? 0 : absentMs(mark, clock(), threshold * 1000)
  }

  /** What is away from the server for too long is locked, also before a timer says so. */
  function look(): void {
    if (locked || threshold === 0 || mark === null || spentMs() < threshold * 1000) return
    locked = true
    markNow()
    writeSometime()
    onLocked()
    changed()
  }

  /** It is locked, and nothing about that will change until it is connected. */
  function isOver(): boolean {
    return locked && durable && !isConnected
  }

  function changed(): void {
    for (const listener of listeners) listener()
  }

  function markNow(): void {
    const spent = spentMs()
    mark = threshold === 0 ? null : ({ ...clock(), connected: isConnected, spentMs: spent } satisfies Mark)
  }

  function plan(): void {
    cancelNext()
    if (isClosed || mark === null || isOver()) return
    const thresholdMs = threshold * 1000
    const toNextMark = isConnected ? markEveryMs(thresholdMs) : nextMarkMs(clock().upMs - beganMs, thresholdMs)
    const toLock = isConnected || locked ? toNextMark : Math.max(0, thresholdMs - spentMs())
    cancelNext = timers.after(Math.min(toNextMark, toLock), () => {
      look()
      if (!isOver()) {
        markNow()
        writeSometime()
      }
      plan()
    })
  }

  // The time the machine was off is counted once, at its start: from here on only its own clock counts.
  if (mark !== null) {
    look()
    markNow()
    writeSometime()
    plan()
  }

  return {
    isLocked() {
      look()
      return locked
    },
    remainingMs() {
      look()
      if (locked) return 0
      if (threshold === 0) return Infinity
      return Math.max(0, threshold * 1000 - spentMs())
    },
    onChange: (listener) => void listeners.push(listener),
    async set(next) {
      if (next === locked && next === durable) return
      // Locked from this moment on; open only when a power cut cannot take that back.
      if (next) {
        locked = true
        changed()
      }
      await exclusive(async () => {
        await writeLockRecord(disk, { locked: next, threshold, mark })
        locked = next
        durable = next
      })
      changed()
      plan()
    },
    arm(seconds) {
      if (seconds === threshold) return
      look()
      threshold = seconds
      if (seconds === 0) mark = null
      else if (mark !== null || isConnected) markNow()
      writeSometime()
      changed()
      plan()
    },
    connected(isNow) {
      if (isNow === isConnected) return
      look()
      isConnected = isNow
      beganMs = clock().upMs
      if (threshold !== 0) {
        mark = { ...clock(), connected: isNow, spentMs: 0 }
        writeSometime()
      }
      changed()
      plan()
    },
    settled: () => exclusive(async () => undefined),
    close() {
      isClosed = true
      cancelNext()
    },
  }
}
