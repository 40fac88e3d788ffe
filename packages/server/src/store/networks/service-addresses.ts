import type { ServiceAddress } from '../../model/service-address.ts'
import type { Reader, Writer } from '../store.ts'

/** In a fixed order: by device, kind and address. */
export async function serviceAddressesOf(db: Reader, instanceId: string): Promise<readonly ServiceAddress[]> {
  const rows = await db
    .selectFrom('service_address')
    .select(['serial', 'address_type', 'address'])
    .where('instance_id', '=', instanceId)
    .orderBy('serial')
    .orderBy('address_type')
    .orderBy('address')
    .execute()
  return rows.map(({ serial, address_type, address }) => ({ serial, type: address_type, address }))
}

export async function addServiceAddress(
  tx: Writer,
  instanceId: string,
  { serial, type, address }: ServiceAddress,
  at: number,
): Promise<void> {
  await tx
    .insertInto('service_address')
    .values({ instance_id: instanceId, serial, address_type: type, address, created_at: at })
    .execute()
}

/** Removes those of the instance that have everything that is given. */
export async function removeServiceAddresses(
  tx: Writer,
  instanceId: string,
  { serial, type, address }: Partial<ServiceAddress> = {},
): Promise<void> {
  let removal = tx.deleteFrom('service_address').where('instance_id', '=', instanceId)
  if (serial !== undefined) removal = removal.where('serial', '=', serial)
  if (type !== undefined) removal = removal.where('address_type', '=', type)
  if (address !== undefined) removal = removal.where('address', '=', address)
  await removal.execute()
}

/** An instance as far as its place among others goes. */
export interface Place {
  readonly instanceId: string
  /** The CCN it is in. */
  readonly ccnId: string | undefined
}

/**
 * `taken`: it is in use, in the CCN or, outside of one, on the instance itself; `routed`: the CCN sends it elsewhere, to
 * another instance's block or over a leased line that is not its own.
 */
export type AddressProblem = 'taken' | 'routed'

/** `dnat`: other DNAT entries of the instance may have the address too, and its own blocks are looked at by the caller. */
export type AddressUse = 'service' | 'dnat'

export async function addressProblem(
  db: Reader,
  place: Place,
  address: number,
  use: AddressUse,
): Promise<AddressProblem | undefined> {
  if (await isTaken(db, place, address, use)) return 'taken'
  return (await isRoutedElsewhere(db, place, address)) ? 'routed' : undefined
}

/** It is a service address, one that hides a branch or one that leads into a branch. */
async function isTaken(db: Reader, { instanceId, ccnId }: Place, address: number, use: AddressUse): Promise<boolean> {
  const service = await db
    .selectFrom('service_address')
    .innerJoin('instance', 'instance.id', 'service_address.instance_id')
    .select('service_address.instance_id')
    .where('service_address.address', '=', address)
    .where((is) => (ccnId === undefined ? is('instance.id', '=', instanceId) : is('instance.ccn_id', '=', ccnId)))
    .limit(1)
    .executeTakeFirst()
  if (service !== undefined) return true
  const snat = await db
    .selectFrom('snat_entry')
    .select('id')
    .where('snat_ip', '=', address)
    .where((is) => (ccnId === undefined ? is('instance_id', '=', instanceId) : is('ccn_id', '=', ccnId)))
    .limit(1)
    .executeTakeFirst()
  if (snat !== undefined) return true
  const entries = db.selectFrom('dnat_entry').select('id').where('external_ip', '=', address)
  const here = entries.where((is) =>
    ccnId === undefined ? is('instance_id', '=', instanceId) : is('ccn_id', '=', ccnId),
  )
  const counted = use === 'dnat' ? here.where('instance_id', '!=', instanceId) : here
  return (await counted.limit(1).executeTakeFirst()) !== undefined
}

async function isRoutedElsewhere(db: Reader, { instanceId, ccnId }: Place, address: number): Promise<boolean> {
  if (ccnId === undefined) return false
  // Blocks of one CCN never overlap, so the last one that begins before it is the only one that can hold it.
  const block = await db
    .selectFrom('instance_cidr')
    .select(['instance_id', 'last'])
    .where('ccn_id', '=', ccnId)
    .where('first', '<=', address)
    .orderBy('first', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (block !== undefined && block.last >= address && block.instance_id !== instanceId) return true
  const line = await db
    .selectFrom('ccn')
    .innerJoin('vbr', 'vbr.cen_id', 'ccn.cen_id')
    .innerJoin('vbr_route', 'vbr_route.vbr_id', 'vbr.id')
    .select('vbr.id')
    .where('ccn.id', '=', ccnId)
    .where('vbr_route.first', '<=', address)
    .where('vbr_route.last', '>=', address)
    .where((is) => is.or([is('vbr.instance_id', 'is', null), is('vbr.instance_id', '!=', instanceId)]))
    .limit(1)
    .executeTakeFirst()
  return line !== undefined
}
