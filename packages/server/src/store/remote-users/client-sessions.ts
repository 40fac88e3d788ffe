import { numberToIpv4 } from '@opensag/rules'
import type { SessionEnd } from '../../model/logon.ts'
import { compiledQuery, compiledRow } from '../compiled-query.ts'
import type { Schema } from '../schema.ts'
import type { Reader, Writer } from '../store.ts'

/** A remote user who is logged on. One for an account, one for an address. */
export interface ClientSession {
  readonly id: string
  readonly instanceId: string
  readonly userName: string
  readonly address: number
  /** Of the business clock. */
  readonly onlineAt: number
  /** Of the wall clock. */
  readonly lastSeenAt: number
  readonly terminal: string
  readonly source: string
  /** Serial number of the point of presence whose tunnel it has; absent: it has none. */
  readonly pop?: string | undefined
}

type Row = Omit<Schema['client_session'], 'token_hash' | 'bytes'>

const columns = [
  'id',
  'instance_id',
  'user_name',
  'address',
  'online_at',
  'last_seen_at',
  'terminal',
  'source',
  'pop',
] as const satisfies readonly (keyof Row)[]

function sessionOf(row: Row): ClientSession {
  return {
    id: row.id,
    instanceId: row.instance_id,
    userName: row.user_name,
    address: row.address,
    onlineAt: row.online_at,
    lastSeenAt: row.last_seen_at,
    terminal: row.terminal,
    source: row.source,
    pop: row.pop ?? undefined,
  }
}

// Every heartbeat of every client asks this.
const byToken = compiledRow((db: Reader, given: { tokenHash: string }) =>
  db.selectFrom('client_session').select(columns).where('token_hash', '=', given.tokenHash),
)

export async function sessionOfToken(db: Reader, tokenHash: string): Promise<ClientSession | undefined> {
  const row = await byToken(db, { tokenHash })
  return row === undefined ? undefined : sessionOf(row)
}

export async function sessionOfUser(
  db: Reader,
  instanceId: string,
  userName: string,
): Promise<ClientSession | undefined> {
  const row = await db
    .selectFrom('client_session')
    .select(columns)
    .where('instance_id', '=', instanceId)
    .where('user_name', '=', userName)
    .executeTakeFirst()
  return row === undefined ? undefined : sessionOf(row)
}

export async function sessionAt(db: Reader, instanceId: string, address: number): Promise<ClientSession | undefined> {
  const row = await db
    .selectFrom('client_session')
    .select(columns)
    .where('instance_id', '=', instanceId)
    .where('address', '=', address)
    .executeTakeFirst()
  return row === undefined ? undefined : sessionOf(row)
}

export async function sessionById(db: Reader, id: string): Promise<ClientSession | undefined> {
  const row = await db.selectFrom('client_session').select(columns).where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : sessionOf(row)
}

/** All of an instance, by user name. */
export async function sessionsOfInstance(db: Reader, instanceId: string): Promise<readonly ClientSession[]> {
  const rows = await db
    .selectFrom('client_session')
    .select(columns)
    .where('instance_id', '=', instanceId)
    .orderBy('user_name')
    .execute()
  return rows.map(sessionOf)
}

/** Sessions, of one instance or of all, last seen at `seenAt` or before; the longest silent first. */
export async function silentSessions(
  db: Reader,
  { seenAt, most, instanceId }: { readonly seenAt: number; readonly most: number; readonly instanceId?: string },
): Promise<readonly ClientSession[]> {
  let silent = db.selectFrom('client_session').select(columns).where('last_seen_at', '<=', seenAt)
  if (instanceId !== undefined) silent = silent.where('instance_id', '=', instanceId)
  const rows = await silent.orderBy('last_seen_at').limit(most).execute()
  return rows.map(sessionOf)
}

export async function startSession(tx: Writer, session: ClientSession, tokenHash: string): Promise<void> {
  await tx
    .insertInto('client_session')
    .values({
      id: session.id,
      instance_id: session.instanceId,
      user_name: session.userName,
      address: session.address,
      online_at: session.onlineAt,
      last_seen_at: session.lastSeenAt,
      terminal: session.terminal,
      source: session.source,
      pop: session.pop ?? null,
      token_hash: tokenHash,
    })
    .execute()
  await recordConnection(tx, { ...session, event: 'logon', at: session.onlineAt, detail: '' })
}

const touch = compiledQuery((tx: Writer, given: { id: string; at: number }) =>
  tx.updateTable('client_session').set({ last_seen_at: given.at }).where('id', '=', given.id),
)

/** Those of these sessions that a point of presence has the tunnels of. */
export async function sessionsOfPop(
  db: Reader,
  pop: string,
  ids: readonly string[],
): Promise<readonly ClientSession[]> {
  const rows = await db
    .selectFrom('client_session')
    .select(columns)
    .where('pop', '=', pop)
    .where('id', 'in', ids)
    .execute()
  return rows.map(sessionOf)
}

/** Signs of life of several, in one statement. */
export async function touchSessions(tx: Writer, ids: readonly string[], at: number): Promise<void> {
  if (ids.length === 0) return
  await tx.updateTable('client_session').set({ last_seen_at: at }).where('id', 'in', ids).execute()
}

/** A sign of life at `at` of the wall clock. */
export async function touchSession(tx: Writer, id: string, at: number): Promise<void> {
  await touch(tx, { id, at })
}

/** Its token opens nothing any more and its address is free, at `at` of the business clock. */
export async function endSession(tx: Writer, session: ClientSession, why: SessionEnd, at: number): Promise<void> {
  await tx.deleteFrom('client_session').where('id', '=', session.id).execute()
  await recordConnection(tx, { ...session, event: 'logoff', at, detail: why })
}

/** Ends the session of every remote user, at `at` of the business clock; answers how many there were. */
export async function endEverySession(tx: Writer, why: SessionEnd, at: number): Promise<number> {
  const rows = await tx.selectFrom('client_session').select(columns).orderBy('id').execute()
  for (const row of rows) await endSession(tx, sessionOf(row), why, at)
  return rows.length
}

export interface ConnectionRecord {
  readonly instanceId: string
  readonly userName: string
  readonly event: 'logon' | 'logoff' | 'refused'
  /** Of the business clock. */
  readonly at: number
  readonly terminal: string
  readonly source: string
  readonly address?: number
  readonly detail: string
}

/** Writes an audit record if the instance has them turned on; an instance that does not exist has not. */
export async function recordConnection(tx: Writer, record: ConnectionRecord): Promise<void> {
  const audited = await tx
    .selectFrom('instance')
    .select('id')
    .where('id', '=', record.instanceId)
    .where('connection_audit', '=', 1)
    .executeTakeFirst()
  if (audited === undefined) return
  await tx
    .insertInto('connection_audit')
    .values({
      instance_id: record.instanceId,
      at: record.at,
      user_name: record.userName,
      event: record.event,
      terminal: record.terminal,
      source: record.source,
      address: record.address === undefined ? null : numberToIpv4(record.address),
      detail: record.detail,
    })
    .execute()
}
