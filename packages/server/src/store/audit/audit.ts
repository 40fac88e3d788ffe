import type { Reader } from '../store.ts'
import type { AuditEventTable } from './tables.ts'

/** One call that reached an operation. No secret is in it: see `details`. */
export interface AuditEntry {
  /** The wall clock, milliseconds since 1970. */
  readonly at: number
  readonly accountId: string
  readonly principal: string
  /** The account's, user's or role's id; of a role with the name of the session. */
  readonly principalId: string
  readonly accessKeyId: string
  readonly source: string
  readonly product: string
  /** The public name of the operation. */
  readonly action: string
  readonly level: 'Read' | 'Write'
  readonly regionId: string | undefined
  readonly resources: readonly string[]
  /** The code it was refused with; none when it was done. */
  readonly outcome: string | undefined
  readonly requestId: string
  /** How often it happened, and when first: of failed authentications, which are gathered. */
  readonly times?: number | undefined
  readonly firstAt?: number | undefined
  /** What was sent and what it changed, of an operation that writes: made by `detailsText`, which bounds it. */
  readonly details?: string | undefined
  /** What it came through, where the key that signed does not tell: see {@link throughOf}. */
  readonly through?: SaidThrough | undefined
}

/** The command line says so itself; a job of this server is one. */
export type SaidThrough = 'cli' | 'job'

/** What a call came through; `api` is every client that says nothing of itself. */
export type Through = SaidThrough | 'api' | 'console'

export const throughs: readonly Through[] = ['api', 'cli', 'console', 'job']

export interface StoredAuditEntry extends AuditEntry {
  readonly id: number
}

/** Characters of one resource that are kept: an id is much shorter, but anybody may send anything. */
const longestResource = 256
/** Between the resources of one call; in none of them, since ids with spaces are kept without. */
const separator = ' '

export type AuditRow = Omit<AuditEventTable, 'id'>

/** The entry as it is kept. */
export function auditRow(entry: AuditEntry): AuditRow {
  return {
    at: entry.at,
    account_id: entry.accountId,
    principal: entry.principal,
    principal_id: entry.principalId,
    access_key_id: entry.accessKeyId,
    source: entry.source,
    product: entry.product,
    action: entry.action,
    level: entry.level,
    region_id: entry.regionId ?? null,
    resources: joined(entry.resources),
    outcome: entry.outcome ?? null,
    request_id: entry.requestId,
    times: entry.times ?? null,
    first_at: entry.firstAt ?? null,
    details: entry.details ?? null,
    through: entry.through ?? null,
  }
}

const ordinary = /^[\x21-\x7e]{0,256}$/

function kept(resource: string): string {
  return ordinary.test(resource) ? resource : resource.replace(/[\p{C}\p{Z}]/gu, '_').slice(0, longestResource)
}

function joined(resources: readonly string[]): string {
  return resources.length === 1 ? kept(resources[0] ?? '') : resources.map(kept).join(separator)
}

/** Where a page ends: events of one time are told apart by their number. */
export interface AuditPlace {
  readonly at: number
  readonly id: number
}

export interface AuditWindow {
  /** Of one account, or of all. */
  readonly accountId?: string | undefined
  /** Milliseconds since 1970; from this one on, and before that one. */
  readonly from: number
  readonly before: number
  readonly newestFirst: boolean
  /** Behind this place, in the order asked for. */
  readonly behind?: AuditPlace | undefined
  readonly size: number
}

/** Events in the order of their time, a window at a time. */
export async function auditEvents(db: Reader, window: AuditWindow): Promise<readonly StoredAuditEntry[]> {
  const { accountId, from, before, newestFirst, behind, size } = window
  const direction = newestFirst ? 'desc' : 'asc'
  const further = newestFirst ? '<' : '>'
  let events = db.selectFrom('audit_event').selectAll().where('at', '>=', from).where('at', '<', before)
  if (accountId !== undefined) events = events.where('account_id', '=', accountId)
  if (behind !== undefined) {
    events = events
      // Said twice, so that the index is entered at the place.
      .where('at', newestFirst ? '<=' : '>=', behind.at)
      .where((eb) =>
        eb.or([eb('at', further, behind.at), eb.and([eb('at', '=', behind.at), eb('id', further, behind.id)])]),
      )
  }
  const rows = await events.orderBy('at', direction).orderBy('id', direction).limit(size).execute()
  return rows.map(entryOf)
}

/** Events in the order they were written, whatever account they are of; for an export, which reads all of them. */
export async function auditEventsById(db: Reader, after: number, size: number): Promise<readonly StoredAuditEntry[]> {
  const rows = await db
    .selectFrom('audit_event')
    .selectAll()
    .where('id', '>', after)
    .orderBy('id')
    .limit(size)
    .execute()
  return rows.map(entryOf)
}

export function entryOf(row: AuditRow & { readonly id: number }): StoredAuditEntry {
  return {
    id: row.id,
    at: row.at,
    accountId: row.account_id,
    principal: row.principal,
    principalId: row.principal_id,
    accessKeyId: row.access_key_id,
    source: row.source,
    product: row.product,
    action: row.action,
    level: row.level,
    regionId: row.region_id ?? undefined,
    resources: row.resources === '' ? [] : row.resources.split(separator),
    outcome: row.outcome ?? undefined,
    requestId: row.request_id,
    times: row.times ?? undefined,
    firstAt: row.first_at ?? undefined,
    details: row.details ?? undefined,
    through: saidIn(row.through),
  }
}

function saidIn(text: string | null): SaidThrough | undefined {
  return text === 'cli' || text === 'job' ? text : undefined
}

/** Temporary keys of a user or of the account itself are given to consoles alone; a role's are anybody's. */
const consoleKey = 'STS.'
const ofAccounts = 'acs:ram:'

export function throughOf({ action, accessKeyId, principal, through }: AuditEntry): Through {
  if (through !== undefined) return through
  const isConsole = accessKeyId.startsWith(consoleKey) && principal.startsWith(ofAccounts)
  return isConsole || action === 'ConsoleSignin' ? 'console' : 'api'
}

/** The highest number of an entry; 0 without any. */
export async function newestAuditEntry(db: Reader): Promise<number> {
  const newest = await db.selectFrom('audit_event').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return newest?.id ?? 0
}
