import { z } from 'zod'
import { openDiagnostic } from '../access/denial.ts'
import { auditEventsById, type StoredAuditEntry } from '../store/audit/audit.ts'
import { command, lines, OperatorRefusal } from './command.ts'

/** Events that are read at a time: a reader that takes its time keeps no transaction open. */
const chunk = 1000

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
  }),
  async *run({ store }, { since = 0, until = Number.MAX_SAFE_INTEGER, account }) {
    let after = 0
    for (;;) {
      const events = await store.read((db) => auditEventsById(db, after, chunk))
      for (const event of events) {
        const isWanted = event.at >= since && event.at < until
        if (isWanted && (account === undefined || event.accountId === account)) yield shown(event)
      }
      after = events.at(-1)?.id ?? after
      if (events.length < chunk) return
    }
  },
})

function shown({ at, outcome, ...event }: StoredAuditEntry): object {
  return { at: new Date(at).toISOString(), ...event, outcome: outcome ?? 'OK' }
}

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
