import { z } from 'zod'
import type { Mark } from './absence.ts'
import type { Disk } from './disk.ts'

const file = 'offline-lock.json'

/** What a gateway keeps of its offline lock. */
export interface LockRecord {
  readonly locked: boolean
  /** Seconds; 0 is off. The one of the last configuration, as a reset button takes that away. */
  readonly threshold: number
  /** Null: it has not been connected with a threshold yet, so there is nothing to be away from. */
  readonly mark: Mark | null
}

const milliseconds = z.number().nonnegative()

const recordSchema = z.strictObject({
  locked: z.boolean(),
  // Gateways of 0.1.0 kept what they were told, and nothing else.
  threshold: z.int().nonnegative().default(0),
  mark: z
    .strictObject({
      connected: z.boolean(),
      spentMs: milliseconds,
      boot: z.string(),
      upMs: milliseconds,
      wallMs: z.number(),
    })
    .nullable()
    .default(null),
})

export async function readLockRecord(disk: Disk): Promise<LockRecord> {
  const text = await disk.read(file)
  return text === undefined ? { locked: false, threshold: 0, mark: null } : recordSchema.parse(JSON.parse(text))
}

export function writeLockRecord(disk: Disk, record: LockRecord): Promise<void> {
  return disk.write(file, `${JSON.stringify(record)}\n`)
}
