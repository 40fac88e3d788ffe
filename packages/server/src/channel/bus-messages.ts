import { sealedPasswordSchema } from '@opensag/protocol'
import { z } from 'zod'

const changeId = z.string()

/** What nodes ask the holder of a gateway's connection. */
export const toHolderSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reserve-password-change'), changeId }),
  /** `timeoutMs`: until when the gateway has to have proved it. */
  z.object({
    kind: z.literal('change-password'),
    changeId,
    sealed: sealedPasswordSchema,
    timeoutMs: z.int().positive(),
  }),
  /** The gateway has connected elsewhere. */
  z.object({ kind: z.literal('step-down') }),
  /** The local configuration as last reported counts as agreed on. */
  z.object({ kind: z.literal('synchronise') }),
  /** `version`: into that firmware. `timeoutMs`: until when the gateway has to have agreed. */
  z.object({
    kind: z.literal('restart'),
    commandId: z.string(),
    version: z.string().optional(),
    timeoutMs: z.int().positive(),
  }),
  /** There may be a newer configuration for the gateway. */
  z.object({ kind: z.literal('configure') }),
])

export type ToHolder = z.infer<typeof toHolderSchema>

export const restartedSchema = z.object({ outcome: z.enum(['done', 'unreachable', 'refused']) })
export const reservedSchema = z.object({ generation: z.int().positive().optional() })
/** No outcome: the holder could not ask the journal, so whoever waits has to. */
export const changedSchema = z.object({ outcome: z.enum(['accepted', 'unreachable', 'refused']).optional() })
