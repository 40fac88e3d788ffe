import { type RawBuilder, sql } from 'kysely'
import type { AddressRange } from '../../model/address-pool.ts'
import type { Reader } from '../store.ts'

/**
 * The lowest address of a range that no session has and that is no account's fixed one. Asks the indexes for the first
 * gap: it costs what stands before the gap, not what the range could hold.
 */
export async function lowestFreeAddress(
  db: Reader,
  instanceId: string,
  { first, last }: AddressRange,
): Promise<number | undefined> {
  const atFirst = [
    await db
      .selectFrom('client_session')
      .select('id')
      .where('instance_id', '=', instanceId)
      .where('address', '=', first)
      .execute(),
    await db
      .selectFrom('client_user')
      .select('name')
      .where('instance_id', '=', instanceId)
      .where('client_ip', '=', first)
      .execute(),
  ]
  if (atFirst.flat().length === 0) return first
  // Any other free address that is the lowest comes right after one that is taken.
  const afterSession = await db
    .selectFrom('client_session as taken')
    .select('taken.address as address')
    .where('taken.instance_id', '=', instanceId)
    .where('taken.address', '>=', first)
    .where('taken.address', '<', last)
    .where(isFree(instanceId, sql`taken.address + 1`))
    .orderBy('taken.address')
    .limit(1)
    .executeTakeFirst()
  const afterFixed = await db
    .selectFrom('client_user as taken')
    .select('taken.client_ip as address')
    .where('taken.instance_id', '=', instanceId)
    .where('taken.client_ip', '>=', first)
    .where('taken.client_ip', '<', last)
    .where(isFree(instanceId, sql`taken.client_ip + 1`))
    .orderBy('taken.client_ip')
    .limit(1)
    .executeTakeFirst()
  const taken = [afterSession?.address, afterFixed?.address].filter((address) => typeof address === 'number')
  return taken.length === 0 ? undefined : Math.min(...taken) + 1
}

function isFree(instanceId: string, address: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(
    not exists (select 1 from client_session where instance_id = ${instanceId} and address = ${address})
    and not exists (select 1 from client_user where instance_id = ${instanceId} and client_ip = ${address})
  )`
}
