import type { Decision, JournalOutcome } from '@opensag/protocol'
import { sql } from 'kysely'
import { compiledQuery, compiledRow } from '../compiled-query.ts'
import type { Reader, Writer } from '../store.ts'

/** One attempt to change an administrator password, as its journal entry begins. */
export interface NewPasswordChange {
  readonly id: string
  readonly serial: string
  readonly instanceId: string
  readonly accountId: string
  readonly principal: string
  readonly requestId: string
  readonly requestedAt: number
  /** Its number among the changes of this gateway. */
  readonly generation: number
}

const insert = compiledQuery(
  (tx: Writer, given: NewPasswordChange & Record<keyof NewPasswordChange, string | number>) =>
    tx.insertInto('password_change').values({
      id: given.id,
      serial: given.serial,
      instance_id: given.instanceId,
      account_id: given.accountId,
      principal: given.principal,
      request_id: given.requestId,
      requested_at: given.requestedAt,
      generation: given.generation,
      outcome: 'requested',
    }),
)

export async function journalPasswordChange(tx: Writer, change: NewPasswordChange): Promise<void> {
  await insert(tx, change)
}

const decide = compiledQuery((tx: Writer, given: { id: string; outcome: string; at: number }) =>
  tx
    .updateTable('password_change')
    .set({ outcome: given.outcome as Decision, decided_at: given.at })
    .where('id', '=', given.id)
    .where('outcome', '=', 'requested')
    .returning('id'),
)

const outcomeOf = compiledRow((db: Reader, given: { id: string }) =>
  db.selectFrom('password_change').select(['serial', 'outcome']).where('id', '=', given.id),
)

/** Moves an entry on from `requested`, once. Answers what it says afterwards; undefined when there is no such entry. */
export async function decidePasswordChange(
  tx: Writer,
  change: { readonly id: string; readonly outcome: Decision; readonly at: number },
): Promise<Decision | undefined> {
  return (await movePasswordChange(tx, change)).decided
}

/** The same; `moved`: whether it was this that decided. What it says is what counts, whoever wrote it. */
export async function movePasswordChange(
  tx: Writer,
  change: { readonly id: string; readonly outcome: Decision; readonly at: number },
): Promise<{ readonly decided: Decision | undefined; readonly moved: boolean }> {
  if ((await decide(tx, change)).rows.length > 0) return { decided: change.outcome, moved: true }
  const found = await findPasswordChange(tx, change.id)
  if (found?.outcome === 'requested')
    throw new Error('A journal entry could be moved on neither by this nor by another.')
  return { decided: found?.outcome, moved: false }
}

export async function findPasswordChange(
  db: Reader,
  id: string,
): Promise<{ readonly serial: string; readonly outcome: JournalOutcome } | undefined> {
  return outcomeOf(db, { id })
}

/** What the journal says of the change that a call asked for; undefined when it has none of it: nothing was sent. */
export async function changeOfRequest(
  db: Reader,
  { serial, requestId }: { readonly serial: string; readonly requestId: string },
): Promise<JournalOutcome | undefined> {
  const row = await db
    .selectFrom('password_change')
    .select('outcome')
    .where('serial', '=', serial)
    .where('request_id', '=', requestId)
    .executeTakeFirst()
  return row?.outcome
}

const failOf = compiledQuery((tx: Writer, given: { serial: string; at: number }) =>
  tx
    .updateTable('password_change')
    .set({ outcome: 'failed', decided_at: given.at })
    .where('serial', '=', given.serial)
    .where('outcome', '=', 'requested'),
)

/** A gateway is settled: nobody will send it what was still undecided until now. */
export async function failChangesOf(tx: Writer, serial: string, at: number): Promise<void> {
  await failOf(tx, { serial, at })
}

/** The server was restored: whoever asked for what was undecided in the backup has had another answer. */
export async function failAllChanges(tx: Writer, at: number): Promise<number> {
  const failed = await tx
    .updateTable('password_change')
    .set({ outcome: 'failed', decided_at: at })
    // Written out: only then does SQLite use the index of those alone.
    .where(sql<boolean>`password_change.outcome = 'requested'`)
    .returning('id')
    .execute()
  return failed.length
}

/**
 * Undecided changes of gateways that this node has the connection of, or nobody has, other than those it attends to:
 * whoever asked for them is no more, or will find that they were not sent. Answers how many there were. `attended` is
 * asked once the entries are known: a change has its turn before it has an entry.
 */
export async function failUnattendedChanges(
  tx: Writer,
  { node, at, attended }: { readonly node: string; readonly at: number; readonly attended: () => ReadonlySet<string> },
): Promise<number> {
  const undecided = await tx
    .selectFrom('password_change')
    .leftJoin('device', 'device.serial', 'password_change.serial')
    .select('password_change.id')
    // Written out: only then does SQLite use the index of those alone.
    .where(sql<boolean>`password_change.outcome = 'requested'`)
    .where((where) => where.or([where('device.node', 'is', null), where('device.node', '=', node)]))
    .execute()
  const now = attended()
  const unattended = undecided.filter(({ id }) => !now.has(id))
  for (const { id } of unattended) await decidePasswordChange(tx, { id, outcome: 'failed', at })
  return unattended.length
}
