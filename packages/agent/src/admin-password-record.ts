import { emptyRecord, type PasswordRecord } from '@opensag/protocol'
import { z } from 'zod'
import type { Disk } from './disk.ts'

const file = 'password-change.json'

const content = z.strictObject({
  generation: z.int().nonnegative(),
  unsettled: z
    .strictObject({
      changeId: z.string(),
      // Files of 0.1.0 have none of those with a default.
      generation: z.int().nonnegative().nullable().default(null),
      hash: z.string(),
      previous: z.string().nullable(),
      overruled: z.boolean().default(false),
    })
    .nullable(),
  holds: z.string().nullable().default(null),
  holdsGeneration: z.int().nonnegative().nullable().default(null),
})

/** @throws when there is one that cannot be read: guessing could bring back a password that was replaced. */
export async function readPasswordRecord(disk: Disk): Promise<PasswordRecord> {
  const text = await disk.read(file)
  return text === undefined ? emptyRecord : content.parse(JSON.parse(text))
}

export async function writePasswordRecord(disk: Disk, record: PasswordRecord): Promise<void> {
  await disk.write(file, `${JSON.stringify(record satisfies z.output<typeof content>)}\n`)
}

export async function settlePasswordRecord(disk: Disk): Promise<void> {
  await disk.settle(file)
}
