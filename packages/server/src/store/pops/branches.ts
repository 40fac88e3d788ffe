import type { Reader } from '../store.ts'
import { instancesInCcns, type StoredNetworkInstance } from './network-instances.ts'

/** An instance that is in a CCN, and what its branch may announce. */
export interface Branch {
  readonly instance: StoredNetworkInstance
  /** In their order. */
  readonly cidrs: readonly string[]
  /** Addresses that hide some of them, or lead to a host of the branch. */
  readonly translated: readonly number[]
  /** Addresses at which one of its devices is reached, by serial number. */
  readonly own: ReadonlyMap<string, readonly number[]>
}

export interface Branches {
  /** By id. */
  readonly branches: readonly Branch[]
  /** Those that have a number, in its order. */
  readonly ccns: ReadonlyMap<string, { readonly number: number; readonly interworking: boolean }>
}

/** All branches of all networks, in seven statements. */
export async function readBranches(db: Reader): Promise<Branches> {
  const [instances, blocks, snats, dnats, addresses, ccns] = await Promise.all([
    instancesInCcns(db),
    db
      .selectFrom('instance_cidr')
      .select(['instance_id', 'cidr'])
      .where('ccn_id', 'is not', null)
      .orderBy('instance_id')
      .orderBy('position')
      .execute(),
    db
      .selectFrom('snat_entry')
      .select(['instance_id', 'snat_ip'])
      .where('ccn_id', 'is not', null)
      .orderBy('snat_ip')
      .execute(),
    db
      .selectFrom('dnat_entry')
      .select(['instance_id', 'external_ip'])
      .distinct()
      .where('ccn_id', 'is not', null)
      .where('external_ip', 'is not', null)
      .orderBy('external_ip')
      .execute(),
    db.selectFrom('service_address').select(['instance_id', 'serial', 'address']).orderBy('address').execute(),
    db
      .selectFrom('ccn')
      .innerJoin('network_number', (join) =>
        join.onRef('network_number.name', '=', 'ccn.id').on('network_number.kind', '=', 'ccn'),
      )
      .select(['ccn.id', 'ccn.interworking', 'network_number.number'])
      .orderBy('network_number.number')
      .execute(),
  ])
  const [cidrs, hiding, leading] = [grouped(blocks), grouped(snats), grouped(dnats)]
  const reached = grouped(addresses)
  return {
    branches: instances.map((instance) => ({
      instance,
      cidrs: (cidrs.get(instance.id) ?? []).map(({ cidr }) => cidr),
      translated: [
        ...(hiding.get(instance.id) ?? []).map(({ snat_ip }) => snat_ip),
        ...(leading.get(instance.id) ?? []).flatMap(({ external_ip }) => external_ip ?? []),
      ],
      own: ownAddresses(reached.get(instance.id) ?? []),
    })),
    ccns: new Map(
      ccns.map(({ id, number, interworking }) => [id, { number, interworking: interworking === 'enable' }]),
    ),
  }
}

function ownAddresses(
  rows: readonly { readonly serial: string; readonly address: number }[],
): ReadonlyMap<string, readonly number[]> {
  const own = new Map<string, readonly number[]>()
  for (const { serial, address } of rows) own.set(serial, [...(own.get(serial) ?? []), address])
  return own
}

function grouped<R extends { readonly instance_id: string }>(rows: readonly R[]): ReadonlyMap<string, readonly R[]> {
  const groups = new Map<string, R[]>()
  for (const row of rows) {
    const group = groups.get(row.instance_id)
    if (group === undefined) groups.set(row.instance_id, [row])
    else group.push(row)
  }
  return groups
}
