import { PostgresAdapter } from 'kysely'
import { compiledQuery, compiledRow } from '../compiled-query.ts'
import type { Reader, Writer } from '../store.ts'

/** The connection is not the gateway's last one: another node may have it. Nothing was written. */
export class NotOwner extends Error {
  override readonly name = 'NotOwner'

  constructor(serial: string) {
    super(`Another connection of ${serial} was recorded after this one.`)
  }
}

const raise = compiledQuery((tx: Writer, given: { serial: string }) =>
  tx
    .updateTable('device')
    .set((value) => ({ owner_epoch: value('owner_epoch', '+', 1) }))
    .where('serial', '=', given.serial)
    .returning('owner_epoch'),
)

/** From this unit of work on the connection that is recorded by it is the gateway's only one. Answers its epoch. */
export async function takeOwnership(tx: Writer, serial: string): Promise<number> {
  const [row] = (await raise(tx, { serial })).rows
  if (row === undefined) throw new Error(`There is no gateway ${serial}.`)
  return row.owner_epoch
}

const epoch = compiledRow((db: Reader, given: { serial: string }) =>
  db.selectFrom('device').select('owner_epoch').where('serial', '=', given.serial),
)

/** Of the connection that was recorded last; 0 before the first, and for a gateway that there is not. */
export async function ownerEpoch(db: Reader, serial: string): Promise<number> {
  return (await epoch(db, { serial }))?.owner_epoch ?? 0
}

const holder = compiledRow((db: Reader, given: { serial: string }) =>
  db.selectFrom('device').select('node').where('serial', '=', given.serial),
)

/** Whether a node has recorded its connection, and nobody its end. */
export async function hasHolder(db: Reader, serial: string): Promise<boolean> {
  return ((await holder(db, { serial }))?.node ?? null) !== null
}

/** SQLite has one writer at a time. Not `for share`: what follows in the unit of work changes the row. */
const epochInUnit = compiledRow((tx: Writer, given: { serial: string }) => {
  const found = tx.selectFrom('device').select('owner_epoch').where('serial', '=', given.serial)
  return tx.getExecutor().adapter instanceof PostgresAdapter ? found.forNoKeyUpdate() : found
})

/**
 * The first statement of whatever a connection writes: a node that was frozen, or cut off, while its gateway went to another one
 * must not write what it heard before.
 *
 * @throws NotOwner
 */
export async function requireOwner(tx: Writer, serial: string, own: number): Promise<void> {
  if ((await epochInUnit(tx, { serial }))?.owner_epoch !== own) throw new NotOwner(serial)
}
