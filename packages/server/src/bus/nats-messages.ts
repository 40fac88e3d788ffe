import { createHash } from 'node:crypto'
import { z } from 'zod'

/** Of one message, either way. The largest of ours is the result of a tool, which has come in one frame of that size with more around it. */
export const mostBytes = 16_384

const message = z.record(z.string(), z.unknown())

const askedSchema = z.object({
  /** Whom it is for: the subject has a hash of that only. */
  serial: z.string().min(1).max(128),
  message,
  /** Of the connection that the store says the gateway has. An earlier one that is still served keeps silent. */
  epoch: z.int().nonnegative().optional(),
  /** How long whoever asks waits for the answer. */
  timeoutMs: z.number().positive().max(600_000),
})

export type Asked = z.infer<typeof askedSchema>

/** `gone`: the connection ended before its answer; `nobody`: it had ended already. */
const answerSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('answer'), message }),
  z.object({ is: z.literal('gone') }),
  z.object({ is: z.literal('nobody') }),
  z.object({ is: z.literal('failed') }),
])

export type Answer = z.infer<typeof answerSchema>

/** What is asked of one gateway's holder. A listener learns nothing from it but that the same gateway is meant again. */
export function subjectOf(serial: string): string {
  return `opensag.gateway.${createHash('sha256').update(serial).digest('base64url')}`
}

/** @throws RangeError when it is larger than a message may be: nothing of ours is */
export function encoded(value: Asked | Answer): Uint8Array {
  const bytes = Buffer.from(JSON.stringify(value))
  if (bytes.length > mostBytes) throw new RangeError(`A message of ${bytes.length} bytes is too large for the bus.`)
  return bytes
}

/** Undefined for what no node of ours sends. */
export function askedIn(bytes: Uint8Array): Asked | undefined {
  return decoded(bytes, askedSchema)
}

export function answerIn(bytes: Uint8Array): Answer | undefined {
  return decoded(bytes, answerSchema)
}

function decoded<T>(bytes: Uint8Array, schema: z.ZodType<T>): T | undefined {
  if (bytes.length > mostBytes) return undefined
  try {
    return schema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data
  } catch {
    // Not JSON: whoever publishes that is no node.
    return undefined
  }
}
