import type { z } from 'zod'

/** The other side said something the protocol does not allow: the connection cannot go on. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
}

/**
 * Reads one message.
 * @throws ProtocolError without quoting what came: it may be anything.
 */
export function parseMessage<T>(schema: z.ZodType<T>, text: string, limit: number): T {
  if (text.length > limit) throw new ProtocolError('A message is longer than the protocol allows.')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new ProtocolError('A message is not JSON.', { cause: error instanceof SyntaxError ? undefined : error })
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const where = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new ProtocolError(`A message is not one of the protocol (at "${where}").`)
}
