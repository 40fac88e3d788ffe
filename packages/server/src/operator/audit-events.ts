import { pause } from '@opensag/protocol'
import { restoredAt } from '../store/access/restore-marks.ts'
import { auditEventsById, type StoredAuditEntry } from '../store/audit/audit.ts'
import { readDetails } from '../store/audit/details.ts'
import { openSealKey } from '../store/audit/seal-key.ts'
import { anchorOf } from '../store/audit/seals.ts'
import type { Reader } from '../store/store.ts'
import type { OperatorContext } from './command.ts'

/** Events that are read at a time: a reader that takes its time keeps no transaction open. */
const chunk = 1000

/** Milliseconds after which a follower looks for further events. */
const followMs = 1000

export interface WantedEvents {
  readonly since?: number | undefined
  readonly until?: number | undefined
  readonly account?: string | undefined
  readonly after: number
  readonly follow?: boolean | undefined
  /** Also where events are missing, and which trail it is. */
  readonly marks?: boolean | undefined
}

/** Where the trail begins now, and which one it is: a restore gives numbers of lost entries to others. */
async function placeOf(db: Reader): Promise<{ readonly restored: number; readonly deletedTo: number }> {
  return { restored: (await restoredAt(db)) ?? 0, deletedTo: (await anchorOf(db))?.last_id ?? 0 }
}

/** Events in the order of their numbers, as the operator sees them; whoever follows waits for further ones. */
export async function* auditEvents(context: OperatorContext, wanted: WantedEvents): AsyncGenerator<object> {
  const { store, isClosing, timers } = context
  const { since = 0, until = Number.MAX_SAFE_INTEGER, account, follow = false, marks = false } = wanted
  let { after } = wanted
  const begun = marks ? await store.read(placeOf) : undefined
  if (begun !== undefined) {
    const { id } = await openSealKey(store, context.sealer, context.random)
    yield { trail: `${id}.${begun.restored}`, settledTo: await store.auditSettledTo() }
  }
  for (;;) {
    // Whoever follows never comes back for an event with a lower number.
    const settled = follow ? await store.auditSettledTo() : Number.MAX_SAFE_INTEGER
    const { found, place } = await store.read(async (db) => ({
      found: await auditEventsById(db, after, chunk),
      place: begun === undefined ? undefined : await placeOf(db),
    }))
    // Restored meanwhile: the trail that was named has ended.
    if (place?.restored !== begun?.restored) return
    if (place !== undefined && place.deletedTo > after) {
      yield { gap: { after, through: place.deletedTo } }
      after = place.deletedTo
    }
    for (const event of found) {
      if (event.id > settled) break
      after = event.id
      const isWanted = event.at >= since && event.at < until
      if (isWanted && (account === undefined || event.accountId === account)) yield shown(event)
    }
    const isAtTheEnd = found.length < chunk || after >= settled
    if (isAtTheEnd && (!follow || isClosing())) return
    if (isAtTheEnd) await pause(timers, followMs)
  }
}

function shown({ at, outcome, details, ...event }: StoredAuditEntry): object {
  const line = { at: new Date(at).toISOString(), ...event, outcome: outcome ?? 'OK' }
  return details === undefined ? line : { ...line, ...readDetails(details) }
}
