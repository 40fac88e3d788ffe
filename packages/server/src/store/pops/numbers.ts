import { sql } from 'kysely'
import { lastAppNumber, lastCcnNumber, lastDeviceNumber } from '../../model/network.ts'
import { compiledRow } from '../compiled-query.ts'
import type { Reader, Writer } from '../store.ts'
import type { NetworkNumberTable } from './tables.ts'

type Kind = NetworkNumberTable['kind']

const last: Readonly<Record<Kind, number>> = { device: lastDeviceNumber, ccn: lastCcnNumber, app: lastAppNumber }
/** Others may take a number in the same moment; each loses to somebody who has got one. */
const mostTries = 100

const numberByName = compiledRow((db: Reader, given: { kind: Kind; name: string }) =>
  db.selectFrom('network_number').select('number').where('kind', '=', given.kind).where('name', '=', given.name),
)

/** The number of a device or CCN, which is given one if it has none. Undefined: all are taken. */
export async function ensureNumber(tx: Writer, kind: Kind, name: string): Promise<number | undefined> {
  const known = await numberByName(tx, { kind, name })
  if (known !== undefined) return known.number
  for (let tries = 0; tries < mostTries; tries++) {
    const number = await freeNumber(tx, kind)
    if (number > last[kind]) return undefined
    const [taken] = await tx
      .insertInto('network_number')
      .values({ kind, name, number })
      .onConflict((conflict) => conflict.doNothing())
      .returning('number')
      .execute()
    if (taken !== undefined) return taken.number
    const other = await numberByName(tx, { kind, name })
    if (other !== undefined) return other.number
  }
  throw new Error('No number of the network could be had.')
}

/** It is free for another one again. */
export async function giveBackNumber(tx: Writer, kind: Kind, name: string): Promise<void> {
  await tx.deleteFrom('network_number').where('kind', '=', kind).where('name', '=', name).execute()
}

/** One that was given back comes last, so that nobody soon mistakes its new holder for the old one. */
async function freeNumber(tx: Writer, kind: Kind): Promise<number> {
  const numbers = tx.selectFrom('network_number as taken').where('taken.kind', '=', kind)
  const highest = await numbers.select('taken.number').orderBy('taken.number', 'desc').limit(1).executeTakeFirst()
  const next = (highest?.number ?? 0) + 1
  if (next <= last[kind]) return next
  const first = await numbers.select('taken.number').where('taken.number', '=', 1).executeTakeFirst()
  if (first === undefined) return 1
  const gap = await numbers
    .select('taken.number')
    .where(sql<boolean>`not exists (select 1 from network_number where kind = ${kind} and number = taken.number + 1)`)
    .orderBy('taken.number')
    .limit(1)
    .executeTakeFirstOrThrow()
  return gap.number + 1
}
