import {
  askableSchema,
  longestToolMs,
  sealedMessageSchema,
  toolAnswerSchema,
  toolRequestSchema,
} from '@opensag/protocol'
import { z } from 'zod'

const changeId = z.string()

/** What nodes ask the holder of a gateway's connection. */
export const toHolderSchema = z.discriminatedUnion('kind', [
  /** `timeoutMs`: how long the change may wait for its turn; `leaseMs`: how long, from now on, the turn is kept for it. */
  z.object({
    kind: z.literal('reserve-password-change'),
    changeId,
    timeoutMs: z.int().positive(),
    leaseMs: z.int().positive(),
  }),
  /** `timeoutMs`: how long after its `set` was sent the gateway has to have proved it. */
  z.object({
    kind: z.literal('change-password'),
    changeId,
    sealed: sealedMessageSchema,
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
  /** The gateway is to run a tool, and to answer within `timeoutMs`. */
  z.object({
    kind: z.literal('tool'),
    commandId: z.string(),
    request: toolRequestSchema,
    timeoutMs: z.int().positive().max(longestToolMs),
  }),
  /** The gateway is to be sent this, and answers in its own time. */
  z.object({ kind: z.literal('ask'), message: askableSchema }),
  /** There may be a newer configuration for the gateway. */
  z.object({ kind: z.literal('configure') }),
  /** Sessions of remote users with tunnels at this point of presence were ended or changed. */
  z.object({ kind: z.literal('sessions'), sessions: z.array(z.string()) }),
])

export type ToHolder = z.infer<typeof toHolderSchema>

/** Neither: nobody knows what became of it. `isTooOld`: its program does not know tools, so it was not asked. */
export const toolRepliedSchema = z.object({
  answer: toolAnswerSchema.optional(),
  isTooOld: z.literal(true).optional(),
})
export const restartedSchema = z.object({ outcome: z.enum(['done', 'unreachable', 'refused']) })
/** `busy`: too many wait, or the turn did not come in time; `gone`: the connection ended. */
export const reservedSchema = z.object({ turn: z.union([z.int().positive(), z.enum(['busy', 'gone'])]) })
/**
 * `lapsed`: the turn was not used in time, the gateway was told nothing. No outcome: nothing is journalled, so whoever
 * waits has to.
 */
export const changedSchema = z.object({ outcome: z.enum(['accepted', 'unreachable', 'refused', 'lapsed']).optional() })
