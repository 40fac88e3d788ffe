import {
  type ConfigRecord,
  configMarkSchema,
  emptyConfigRecord,
  gatewayConfigSchema,
  revertReasons,
} from '@opensag/protocol'
import { z } from 'zod'
import type { Disk } from './disk.ts'

const file = 'desired-config.json'

/** Null: the gateway is bound to no instance. */
const marked = configMarkSchema.extend({ config: gatewayConfigSchema.strict() }).strict().nullable()

const contentSchema = z.strictObject({
  inForce: marked,
  trial: z
    .strictObject({
      number: z.int().positive(),
      previous: marked,
      withinMs: z.int().positive(),
      starts: z.int().nonnegative(),
      isSecond: z.literal(true).optional(),
    })
    .nullable(),
  reverted: configMarkSchema
    .extend({
      reason: z.enum(revertReasons),
      unreached: z.literal(true).optional(),
      isSecond: z.literal(true).optional(),
    })
    .strict()
    .nullable(),
  trials: z.int().nonnegative(),
})

/** @throws when there is one that cannot be read: without it the gateway would be unconfigured. */
export async function readConfigRecord(disk: Disk): Promise<ConfigRecord> {
  const text = await disk.read(file)
  if (text === undefined) return emptyConfigRecord
  const content: unknown = JSON.parse(text)
  // As it was written before there were trials: what is in force, and nothing else.
  const isOld = content === null || (typeof content === 'object' && 'instanceId' in content)
  return isOld ? { ...emptyConfigRecord, inForce: marked.parse(content) } : contentSchema.parse(content)
}

export async function writeConfigRecord(disk: Disk, record: ConfigRecord): Promise<void> {
  await disk.write(file, `${JSON.stringify(record)}\n`)
}
