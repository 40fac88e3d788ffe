import { createTurns } from '@opensag/protocol'
import { z } from 'zod'
import type { Disk } from './disk.ts'

const file = 'offline-lock.json'
const contentSchema = z.strictObject({ locked: z.boolean() })

/**
 * Whether the server holds this gateway locked, against theft: it was away for too long. It outlives restarts, and no
 * reset button opens it.
 */
export interface OfflineLock {
  isLocked(): boolean
  /** Durable when it resolves. */
  set(locked: boolean): Promise<void>
  /** Resolves when nothing is being written. */
  settled(): Promise<void>
}

export async function openOfflineLock(disk: Disk): Promise<OfflineLock> {
  const text = await disk.read(file)
  let { locked } = text === undefined ? { locked: false } : contentSchema.parse(JSON.parse(text))
  const inTurn = createTurns()
  return {
    isLocked: () => locked,
    set: (next) =>
      inTurn(async () => {
        if (next === locked) return
        await disk.write(file, `${JSON.stringify({ locked: next })}\n`)
        locked = next
      }),
    settled: () => inTurn(async () => undefined),
  }
}
