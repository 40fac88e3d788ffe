import type { SelectQueryBuilder } from 'kysely'
import type { Parts } from '../fleet/parts.ts'
import type { Reader } from '../store.ts'
import { type AuditPlace, type AuditWindow, entryOf, type StoredAuditEntry } from './audit.ts'
import type { AuditTables } from './tables.ts'

/** What the database itself can tell entries apart by. */
export interface AuditConditions {
  /** Any of these callers, whole: `acs:ram::1:user/alice`. */
  readonly principals?: readonly string[] | undefined
  /** Any of these operations. */
  readonly actions?: readonly string[] | undefined
  readonly level?: 'Read' | 'Write' | undefined
  readonly outcome?: 'Done' | 'Refused' | undefined
  /** Leaves out what consoles only read: they ask every few seconds. */
  readonly withoutConsoleReads: boolean
}

/** Of one account, the newest first. */
export type SearchWindow = Required<Pick<AuditWindow, 'from' | 'before' | 'size'>> & {
  readonly accountId: string
  readonly behind?: AuditPlace | undefined
}

/** Entries that the database passes at a time, and how often for one page; what it hands over of them is bounded besides. */
const stride = 5000
const mostStrides = 6
const chunk = 500
const mostLookedAt = 5000

export interface SearchPage {
  readonly events: readonly StoredAuditEntry[]
  /** Where to go on; undefined when everything in the window has been looked at. */
  readonly next: AuditPlace | undefined
}

/**
 * The next entries that fulfil the conditions and are wanted. The index of an account's entries is walked in strides, so
 * that nothing has to be indexed for every question: a page costs no more however rare its entries are, and can therefore
 * be empty and still have a next one.
 */
export async function searchAudit(
  { read, pause }: Parts,
  window: SearchWindow,
  conditions: AuditConditions,
  isWanted: (event: StoredAuditEntry) => boolean,
): Promise<SearchPage> {
  const events: StoredAuditEntry[] = []
  let behind = window.behind
  let lookedAt = 0
  for (let strides = 0; strides < mostStrides; strides += 1) {
    const from = { ...window, behind }
    const end = await read((db) => endOfStride(db, from))
    for (;;) {
      await pause()
      const next = { ...window, behind }
      const found = await read((db) => matching(db, next, conditions, end))
      for (const event of found) {
        if (isWanted(event)) {
          if (events.length === window.size) return { events, next: behind }
          events.push(event)
        }
        behind = { at: event.at, id: event.id }
      }
      lookedAt += found.length
      if (found.length < chunk) break
      if (lookedAt >= mostLookedAt) return { events, next: behind }
    }
    if (end === undefined) return { events, next: undefined }
    behind = end
  }
  return { events, next: behind }
}

/** The last entry of the next stride; undefined when fewer are left. Only the index is read. */
async function endOfStride(db: Reader, window: SearchWindow): Promise<AuditPlace | undefined> {
  return inWindow(db, window)
    .select(['at', 'id'])
    .limit(1)
    .offset(stride - 1)
    .executeTakeFirst()
}

async function matching(
  db: Reader,
  window: SearchWindow,
  { principals, actions, level, outcome, withoutConsoleReads }: AuditConditions,
  end: AuditPlace | undefined,
): Promise<readonly StoredAuditEntry[]> {
  let query = inWindow(db, window).selectAll().limit(chunk)
  if (end !== undefined) {
    query = query
      .where('at', '>=', end.at)
      .where((is) => is.or([is('at', '>', end.at), is.and([is('at', '=', end.at), is('id', '>=', end.id)])]))
  }
  if (principals !== undefined) query = query.where('principal', 'in', principals)
  if (actions !== undefined) query = query.where('action', 'in', actions)
  if (level !== undefined) query = query.where('level', '=', level)
  if (outcome !== undefined) query = query.where('outcome', outcome === 'Done' ? 'is' : 'is not', null)
  if (withoutConsoleReads) {
    query = query.where((is) =>
      is.or([
        is('level', '=', 'Write'),
        is('access_key_id', 'not like', 'STS.%'),
        is('principal', 'not like', 'acs:ram:%'),
      ]),
    )
  }
  return (await query.execute()).map(entryOf)
}

type Events = SelectQueryBuilder<AuditTables, 'audit_event', object>

function inWindow(db: Reader, { accountId, from, before, behind }: SearchWindow): Events {
  let events = db
    .selectFrom('audit_event')
    .where('account_id', '=', accountId)
    .where('at', '>=', from)
    .where('at', '<', before)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
  if (behind !== undefined) {
    events = events
      // Said twice, so that the index is entered at the place.
      .where('at', '<=', behind.at)
      .where((is) => is.or([is('at', '<', behind.at), is.and([is('at', '=', behind.at), is('id', '<', behind.id)])]))
  }
  return events as unknown as Events
}
