import { endings } from '../../model/endings.ts'
import type { Reader, Writer } from '../store.ts'
import { setAllOffline } from './presence.ts'

export interface SeenNode {
  readonly id: string
  /** By its own clock: only whether it changes says something. */
  readonly seenAt: number
}

export async function seenNodes(db: Reader): Promise<readonly SeenNode[]> {
  const rows = await db.selectFrom('node').select(['id', 'seen_at']).execute()
  return rows.map((row) => ({ id: row.id, seenAt: row.seen_at }))
}

/** When the process was started that says last that it runs as this node; undefined when nobody does. */
export async function startOf(db: Reader, id: string): Promise<number | undefined> {
  return (await db.selectFrom('node').select('started_at').where('id', '=', id).executeTakeFirst())?.started_at
}

/**
 * This node runs. One that was given up by the others is there again.
 *
 * @returns when the process was started that said so last under this name, if one did
 */
export async function noteSeen(
  tx: Writer,
  {
    id,
    at,
    startedAt,
    version,
  }: { readonly id: string; readonly at: number; readonly startedAt: number; readonly version: string },
): Promise<number | undefined> {
  const last = await startOf(tx, id)
  const row = { started_at: startedAt, seen_at: at, version }
  await tx
    .insertInto('node')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
  return last
}

/** Unless another process says that it runs under this name. */
export async function forgetNode(
  tx: Writer,
  { id, startedAt }: { readonly id: string; readonly startedAt: number },
): Promise<void> {
  await tx.deleteFrom('node').where('id', '=', id).where('started_at', '=', startedAt).execute()
}

/** A node that was not seen since is given up: its gateways are off line. Undefined when it was seen, or given up by another one. */
export async function giveUpNode(tx: Writer, { id, seenAt }: SeenNode, at: number): Promise<number | undefined> {
  const gone = await tx.deleteFrom('node').where('id', '=', id).where('seen_at', '=', seenAt).returning('id').execute()
  if (gone.length === 0) return undefined
  return setAllOffline(tx, { node: id, at, reason: endings.nodeGone })
}

/** No node runs: those of the rows are of another database, or of another time. */
export async function forgetEveryNode(tx: Writer): Promise<void> {
  await tx.deleteFrom('node').execute()
}
