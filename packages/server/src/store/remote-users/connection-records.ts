import type { Logger } from 'pino'
import type { Reader, Store, Writer } from '../store.ts'
import { inBatches, type Sweep, startSweep } from '../sweep.ts'
import type { ConnectionAuditTable } from './tables.ts'

/** A logon, logoff or refused logon of a remote user, as it was recorded. */
export type StoredConnection = Omit<ConnectionAuditTable, 'id'> & { readonly id: number }

export interface ConnectionQuery {
  readonly instanceId: string
  readonly userName?: string | undefined
  /** Only records with a lower number: those before the last of a page. */
  readonly before?: number | undefined
  readonly most: number
}

/** Records of one instance, the newest first. */
export async function connectionsOf(db: Reader, query: ConnectionQuery): Promise<readonly StoredConnection[]> {
  const { instanceId, userName, before, most } = query
  let records = db.selectFrom('connection_audit').selectAll().where('instance_id', '=', instanceId)
  if (userName !== undefined) records = records.where('user_name', '=', userName)
  if (before !== undefined) records = records.where('id', '<', before)
  return records.orderBy('id', 'desc').limit(most).execute()
}

/** Records of all instances, also of those that are deleted, in the order they were written; for an export. */
export async function connectionsById(db: Reader, after: number, most: number): Promise<readonly StoredConnection[]> {
  return db.selectFrom('connection_audit').selectAll().where('id', '>', after).orderBy('id').limit(most).execute()
}

/** Records that are kept at most, of all instances together: about 200 MB. */
export const mostConnections = 1_000_000
/** Records one sweep looks at: little enough to share a commit with requests. */
export const connectionBatch = 1000

export interface ConnectionLimits {
  /** Records before this time of the business clock are forgotten. */
  readonly before: number
  readonly most: number
}

/** Forgets among the oldest records those that are too old or too many. Resolves with how many it forgot. */
export async function forgetConnections(tx: Writer, { before, most }: ConnectionLimits): Promise<number> {
  const newest = await tx.selectFrom('connection_audit').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst()
  if (newest === undefined) return 0
  const oldest = tx
    .selectFrom('connection_audit')
    .select(['id', 'at'])
    .orderBy('id')
    .limit(connectionBatch)
    .as('oldest')
  const gone = tx
    .selectFrom(oldest)
    .select('oldest.id')
    .where((is) => is.or([is('oldest.at', '<', before), is('oldest.id', '<=', newest.id - most)]))
  const { numDeletedRows } = await tx.deleteFrom('connection_audit').where('id', 'in', gone).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

const everyMs = 10 * 60_000
const dayMs = 24 * 60 * 60_000

/** Bounds the records of remote users by age and by number. `now`: the business clock, which they were written by. */
export function startConnectionSweep(
  store: Pick<Store, 'write'>,
  { days, now, logger }: { readonly days: number; readonly now: () => number; readonly logger: Logger },
): Sweep {
  const limits = (): ConnectionLimits => ({ before: now() - days * dayMs, most: mostConnections })
  return startSweep({
    everyMs,
    what: 'records of remote users',
    logger,
    forget: (isOver) => sweepConnections(store, limits(), isOver),
  })
}

export function sweepConnections(
  store: Pick<Store, 'write'>,
  limits: ConnectionLimits,
  isOver: () => boolean,
): Promise<void> {
  return inBatches(connectionBatch, () => store.write((tx) => forgetConnections(tx, limits)), isOver)
}
