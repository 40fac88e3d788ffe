import { instanceColumns } from '../../columns/instance.ts'
import { factsReader } from '../../columns/reader.ts'
import { seenNames } from '../../columns/table.ts'
import type { Instance } from '../../model/instance.ts'
import type { NetworkInstance } from '../../model/network.ts'
import type { Reader } from '../store.ts'

/** As much of an instance as its network follows from: of thousands everything would take too long to read. */
export interface StoredNetworkInstance extends NetworkInstance, Pick<Instance, 'id' | 'routingStrategy'> {
  readonly devices: readonly StoredNetworkDevice[]
}

export interface StoredNetworkDevice {
  readonly serial: string
  readonly number: number | undefined
  readonly role: 'active' | 'standby' | undefined
  /** It has an identity that it could prove. */
  readonly isEnrolled: boolean
}

const {
  id,
  kind,
  paidAt,
  arrivedAt,
  returningAt,
  activatedAt,
  overdueSince,
  endsAt,
  perpetual,
  periodMonths,
  ccnId,
  maxBandwidth,
  upBandwidthWan,
  accessPoint,
  routingStrategy,
} = instanceColumns
const service = { kind, paidAt, arrivedAt, returningAt, activatedAt, overdueSince, endsAt, perpetual, periodMonths }
const columns = { id, ...service, ccnId, maxBandwidth, upBandwidthWan, accessPoint, routingStrategy }
const readFacts = factsReader(columns, 'devices')

/** Those that are in a CCN, by id. */
export async function instancesInCcns(db: Reader): Promise<readonly StoredNetworkInstance[]> {
  const [rows, devices] = await Promise.all([
    instances(db).where('ccn_id', 'is not', null).execute(),
    boundDevices(db)
      .innerJoin('instance', 'instance.id', 'device.instance_id')
      .where('instance.ccn_id', 'is not', null)
      .execute(),
  ])
  return together(rows, devices)
}

/** The next ones by id, in a CCN or not. */
export async function instancesAfter(
  db: Reader,
  after: string,
  limit: number,
): Promise<readonly StoredNetworkInstance[]> {
  const rows = await instances(db).where('id', '>', after).limit(limit).execute()
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  return together(rows, await boundDevices(db).where('device.instance_id', 'in', ids).execute())
}

function instances(db: Reader) {
  return db.selectFrom('instance').select(seenNames(columns)).where('kind', '!=', 'app').orderBy('id')
}

function boundDevices(db: Reader) {
  return db
    .selectFrom('device')
    .leftJoin('network_number', (join) =>
      join.onRef('network_number.name', '=', 'device.serial').on('network_number.kind', '=', 'device'),
    )
    .select(['device.serial', 'device.instance_id', 'device.seal_key', 'device.role', 'network_number.number'])
}

type InstanceRow = Awaited<ReturnType<ReturnType<typeof instances>['execute']>>[number]
type DeviceRow = Awaited<ReturnType<ReturnType<typeof boundDevices>['execute']>>[number]

function together(rows: readonly InstanceRow[], devices: readonly DeviceRow[]): readonly StoredNetworkInstance[] {
  const of = new Map<string | null, StoredNetworkDevice[]>()
  for (const { serial, instance_id, seal_key, role, number } of devices) {
    const device = { serial, number: number ?? undefined, role: role ?? undefined, isEnrolled: seal_key !== null }
    const others = of.get(instance_id)
    if (others === undefined) of.set(instance_id, [device])
    else others.push(device)
  }
  return rows.map((row) => readFacts(row, of.get(row.id) ?? []))
}
