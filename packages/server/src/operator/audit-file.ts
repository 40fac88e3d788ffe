import { z } from 'zod'
import { TrailBroken, type TrailPart, verifyTrail } from '../store/audit/verify.ts'
import { headSchema, shownVerified } from './audit.ts'

/** The export is not what a server with this key sealed; the message says where it begins to differ. */
export class AuditNotIntact extends Error {
  override readonly name = 'AuditNotIntact'
}

const row = z.looseObject({ id: z.number(), at: z.number() })
const anchor = z.strictObject({
  number: z.number(),
  last_id: z.number(),
  total_bytes: z.number(),
  hash: z.string(),
  key_id: z.string(),
  deleted_at: z.number(),
  signature: z.string(),
})
const seal = z.strictObject({
  number: z.number(),
  first_id: z.number(),
  last_id: z.number(),
  entries: z.number(),
  total_bytes: z.number(),
  newest_at: z.number(),
  sealed_at: z.number(),
  hash: z.string(),
  key_id: z.string(),
  signature: z.string(),
})
const head = z.strictObject({ number: z.number(), hash: z.string(), signature: z.string() }).nullable()
const part = z.union([
  z.strictObject({ row }),
  z.strictObject({ seal }),
  z.strictObject({ anchor }),
  z.strictObject({ head }),
])

export interface VerifyExport {
  /** Of the server, as `audit verify` there prints it. */
  readonly publicKey: string
  /** `number:hash`, as it was printed earlier. */
  readonly head?: string | undefined
}

/**
 * Verifies what `operator audit export --sealed` wrote, without the server.
 *
 * @throws AuditNotIntact
 */
export async function verifyAuditExport(lines: AsyncIterable<string>, given: VerifyExport): Promise<object> {
  const kept = headSchema.optional().safeParse(given.head)
  if (!kept.success) throw new AuditNotIntact('The head has another form than `audit verify` prints.')
  try {
    const { publicKey } = given
    return shownVerified(await verifyTrail(partsOf(lines), { publicKey, head: kept.data }), publicKey)
  } catch (error) {
    if (error instanceof TrailBroken) throw new AuditNotIntact(error.message, { cause: error })
    throw error
  }
}

async function* partsOf(lines: AsyncIterable<string>): AsyncGenerator<TrailPart> {
  let number = 0
  for await (const line of lines) {
    number += 1
    if (line === '') continue
    const parsed = part.safeParse(json(line))
    if (!parsed.success) throw new AuditNotIntact(`Line ${number} is not one of \`operator audit export --sealed\`.`)
    yield parsed.data
  }
}

function json(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
