import type { Capability, RemoteAccessInstance } from '@opensag/protocol'
import { aclConfig } from '../../model/acl.ts'
import { dnsServers } from '../../model/client-dns.ts'
import { hasRemoteAccess, mostNetworks, type Pop, portOf } from '../../model/network.ts'
import { rulesOf } from '../acls/rules.ts'
import { instanceOf } from '../fleet/rows.ts'
import type { Reader, Store } from '../store.ts'
import { ensureNumber } from './numbers.ts'
import { findPops } from './pops.ts'

/**
 * The one that serves the remote users of all instances (C): the addresses of a pool are routed to one place. When it is
 * removed the other one takes its place.
 */
export async function servingPop(db: Reader): Promise<Pop | undefined> {
  return (await findPops(db))[0]
}

/** The SAG APP instances whose users a point of presence serves, in the order of their ports; none where another one does. */
export async function findRemoteAccess(
  db: Reader,
  serial: string,
  now: number,
): Promise<readonly RemoteAccessInstance[]> {
  if ((await servingPop(db))?.serial !== serial) return []
  const [rows, numbers, blocks] = await Promise.all([
    db.selectFrom('instance').selectAll().where('kind', '=', 'app').where('ccn_id', 'is not', null).execute(),
    db.selectFrom('network_number').select(['name', 'number']).where('kind', '=', 'app').execute(),
    db
      .selectFrom('instance_cidr')
      .innerJoin('instance', 'instance.id', 'instance_cidr.instance_id')
      .select(['instance_cidr.instance_id', 'instance_cidr.cidr'])
      .where('instance.kind', '=', 'app')
      .orderBy('instance_cidr.position')
      .execute(),
  ])
  const takesAcls = await hasCapability(db, serial, 'acl')
  const rules = await rulesOf(db, takesAcls ? [...new Set(rows.flatMap(({ acl_id }) => acl_id ?? []))] : [])
  const numberOf = new Map(numbers.map(({ name, number }) => [name, number]))
  return rows
    .flatMap((row): readonly RemoteAccessInstance[] => {
      const instance = instanceOf(row, [])
      const number = numberOf.get(instance.id)
      // What has no number yet is given one before this is looked at again.
      if (number === undefined || !hasRemoteAccess(instance, now)) return []
      const pool = blocks.filter(({ instance_id, cidr }) => instance_id === instance.id && hasClients(cidr))
      if (pool.length === 0) return []
      const dns = dnsServers(instance.appDns)
      const acl = aclConfig(rules.get(instance.aclId ?? '') ?? [])
      return [
        {
          instance: instance.id,
          ccn: instance.ccnId,
          port: portOf(number),
          pool: pool.map(({ cidr }) => cidr),
          // Only where there are some, so that nothing else is a new configuration for anybody.
          ...(dns.length === 0 ? {} : { dns }),
          ...(acl === undefined ? {} : { acl }),
        },
      ]
    })
    .sort((one, other) => one.port - other.port)
    .slice(0, mostNetworks)
}

/** Whether the program of a point of presence that was here last knows a part of the configuration. */
export async function hasCapability(db: Reader, serial: string, needed: Capability): Promise<boolean> {
  const row = await db.selectFrom('device').select('capabilities').where('serial', '=', serial).executeTakeFirst()
  return row?.capabilities?.split(' ').includes(needed) === true
}

/** Every SAG APP instance in a CCN, and that CCN, has a number. */
export async function numberApps(store: Store): Promise<void> {
  const without = await store.read((db) =>
    db
      .selectFrom('instance')
      .select(['id', 'ccn_id'])
      .where('kind', '=', 'app')
      .where('ccn_id', 'is not', null)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('network_number')
              .select('number')
              .where('network_number.kind', '=', 'app')
              .whereRef('network_number.name', '=', 'instance.id'),
          ),
        ),
      )
      .limit(mostAtOnce)
      .execute(),
  )
  if (without.length === 0) return
  await store.write(async (tx) => {
    // Of instances that are gone.
    await tx
      .deleteFrom('network_number')
      .where('kind', '=', 'app')
      .where('name', 'not in', tx.selectFrom('instance').select('id'))
      .execute()
    for (const { id, ccn_id } of without) {
      if (ccn_id !== null) await ensureNumber(tx, 'ccn', ccn_id)
      await ensureNumber(tx, 'app', id)
    }
  })
}

/** Others wait while they are given; the rest follows the next time. */
const mostAtOnce = 200

/** Network, broadcast and the pop's own address leave one. */
function hasClients(cidr: string): boolean {
  return Number(cidr.split('/')[1]) <= 30
}
