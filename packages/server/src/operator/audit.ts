import { z } from 'zod'
import { openDiagnostic } from '../access/denial.ts'
import type { Head } from '../store/audit/chain.ts'
import { openSealKey } from '../store/audit/seal-key.ts'
import { TrailBroken, trailParts, verifyTrail } from '../store/audit/verify.ts'
import { auditEvents } from './audit-events.ts'
import { command, lines, OperatorRefusal } from './command.ts'

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))

export const auditExport = lines({
  name: 'audit export',
  about: 'Export the audit trail as JSON, one event per line, oldest first.',
  input: z.object({
    since: time.optional().describe('Only events at or after this time, e.g. 2026-11-25T00:00:00Z'),
    until: time.optional().describe('Only events before this time'),
    account: z
      .string()
      .regex(/^\d{16}$/, 'an account id has 16 digits')
      .optional()
      .describe('Only events of this account'),
    after: z.coerce.number().int().min(0).default(0).describe('Only events after the one with this id'),
    follow: z.boolean().optional().describe('Then wait for further events and export them, until interrupted'),
    marks: z
      .boolean()
      .optional()
      .describe('Add lines that name the trail, and say which entries after --after were deleted'),
    sealed: z
      .boolean()
      .optional()
      .describe('Export the whole trail as it is stored, with its seals, for `opensag audit verify`'),
  }),
  run(context, { sealed, ...wanted }) {
    if (sealed !== true) return auditEvents(context, wanted)
    const { since, until, account, after, follow, marks } = wanted
    if ([since, until, account, follow, marks].some((one) => one !== undefined && one !== false) || after > 0) {
      throw new OperatorRefusal('--sealed exports the whole trail: a part of it cannot be verified.')
    }
    return trailParts(context.store)
  },
})

export const auditExplain = command({
  name: 'audit explain',
  about: 'Show why a call was denied, from the EncodedDiagnosticMessage of its answer.',
  input: z.object({ message: z.string().min(1).max(8192).describe('EncodedDiagnosticMessage') }),
  positional: ['message'],
  async run({ sealer }, { message }) {
    try {
      return openDiagnostic(sealer, message)
    } catch (cause) {
      throw new OperatorRefusal('This is not a diagnostic message of this server.', { cause })
    }
  },
})

export const headSchema = z
  .string()
  .regex(/^\d+:[A-Za-z0-9_-]{43}$/, 'a head is a number, a colon and a hash')
  .transform((text): Head => ({ number: Number(text.split(':')[0]), hash: text.split(':')[1] ?? '' }))

/** What was verified, for a person. */
export function shownVerified(verified: Awaited<ReturnType<typeof verifyTrail>>, publicKey: string): object {
  const { entries, seals, unsealed, deletedAt, head } = verified
  return {
    result: 'Intact',
    entries,
    seals,
    unsealed,
    ...(deletedAt === undefined ? {} : { olderDeletedAt: new Date(deletedAt).toISOString() }),
    head: head === undefined ? '' : `${head.number}:${head.hash}`,
    publicKey,
  }
}

export const auditVerify = command({
  name: 'audit verify',
  about:
    'Check that the audit trail is what the server sealed: no entry changed, added or removed. Prints its head and the public key.',
  input: z.object({
    head: headSchema.optional().describe('A head printed earlier, which the trail must still contain'),
  }),
  async run({ store, sealer, random }, { head }) {
    const { publicKey } = (await openSealKey(store, sealer, random)).key
    try {
      return shownVerified(await verifyTrail(trailParts(store), { publicKey, head }), publicKey)
    } catch (error) {
      if (error instanceof TrailBroken) throw new OperatorRefusal(error.message, { cause: error })
      throw error
    }
  },
})
