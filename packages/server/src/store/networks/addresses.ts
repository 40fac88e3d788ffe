import { type Cidr, cidrAt } from '@opensag/rules'
import type { Ccn, Span } from '../../model/ccn.ts'
import type { DnatEntry, DnatType } from '../../model/dnat.ts'
import type { ServiceAddress } from '../../model/service-address.ts'
import type { SnatEntry } from '../../model/snat.ts'
import type { Page } from '../fleet/fleet.ts'
import { GatewayConfigs } from '../gateways/configurations.ts'
import type { Reader, Writer } from '../store.ts'
import { addDnatEntry, deleteDnatEntry, dnatEntriesOf, dnatEntriesOnPage, dnatIpsOfOthers } from './dnat.ts'
import {
  type AddressProblem,
  type AddressUse,
  addressProblem,
  addServiceAddress,
  type Place,
  removeServiceAddresses,
  serviceAddressesOf,
} from './service-addresses.ts'
import type { SnatEntryTable } from './tables.ts'
import { takenSpans } from './taken.ts'

/** CIDR blocks, SNAT and DNAT entries, service addresses and the configuration that follows from them, inside one unit of work. */
export class Addresses {
  readonly #db: Reader | Writer
  readonly #gatewayConfigs: GatewayConfigs

  constructor(db: Reader | Writer, gatewayConfigs: GatewayConfigs) {
    this.#db = db
    this.#gatewayConfigs = gatewayConfigs
  }

  /** The blocks of an instance, in their order. */
  async cidrs(instanceId: string): Promise<readonly Cidr[]> {
    const rows = await this.#db
      .selectFrom('instance_cidr')
      .select(['cidr', 'first'])
      .where('instance_id', '=', instanceId)
      .orderBy('position')
      .execute()
    return rows.map(cidrOf)
  }

  /** The blocks of several instances; one without any is not in the answer. */
  async cidrsOf(instanceIds: readonly string[]): Promise<ReadonlyMap<string, readonly Cidr[]>> {
    const found = new Map<string, Cidr[]>()
    if (instanceIds.length === 0) return found
    const rows = await this.#db
      .selectFrom('instance_cidr')
      .select(['instance_id', 'cidr', 'first'])
      .where('instance_id', 'in', [...instanceIds])
      .orderBy('instance_id')
      .orderBy('position')
      .execute()
    for (const row of rows) {
      const cidrs = found.get(row.instance_id)
      if (cidrs === undefined) found.set(row.instance_id, [cidrOf(row)])
      else cidrs.push(cidrOf(row))
    }
    return found
  }

  async replaceCidrs(instanceId: string, ccnId: string | undefined, cidrs: readonly Cidr[]): Promise<void> {
    const tx = this.#writer()
    await tx.deleteFrom('instance_cidr').where('instance_id', '=', instanceId).execute()
    if (cidrs.length === 0) return
    const rows = cidrs.map(({ cidr, first, last }, position) => ({
      instance_id: instanceId,
      position,
      cidr,
      first,
      last,
      ccn_id: ccnId ?? null,
    }))
    await tx.insertInto('instance_cidr').values(rows).execute()
  }

  /** A block of another instance in the CCN that overlaps a network, and whose it is. */
  async overlappingInCcn(
    ccnId: string,
    cidr: Cidr,
    exceptInstanceId: string,
  ): Promise<{ readonly instanceId: string; readonly cidr: Cidr } | undefined> {
    // A network that overlaps another either lies in it or is one of the few it lies in: each is found by its first
    // address, where a comparison of both ends would look through half of the CCN, and so would one query for both.
    const others = this.#db
      .selectFrom('instance_cidr')
      .select(['instance_id', 'cidr', 'first'])
      .where('ccn_id', '=', ccnId)
      .where('instance_id', '!=', exceptInstanceId)
      .limit(1)
    const inside = others.where('first', '>=', cidr.first).where('first', '<=', cidr.last)
    const around = others.where('first', 'in', enclosingStarts(cidr)).where('last', '>=', cidr.last)
    const row = (await inside.executeTakeFirst()) ?? (await around.executeTakeFirst())
    return row === undefined ? undefined : { instanceId: row.instance_id, cidr: cidrOf(row) }
  }

  /** Addresses of these ranges that a new branch of the account should not have, in the network or in none. */
  taken(accountId: string, ccn: Ccn | undefined, ranges: readonly Cidr[]): Promise<readonly Span[]> {
    return takenSpans(this.#db, accountId, ccn, ranges)
  }

  /** Oldest first. */
  async snatEntries(instanceId: string): Promise<readonly SnatEntry[]> {
    const rows = await this.#snatOf(instanceId).selectAll().orderBy('created_at').orderBy('id').execute()
    return rows.map(snatEntryOf)
  }

  async snatEntriesOnPage(
    instanceId: string,
    { number, size }: Page,
  ): Promise<{ readonly total: number; readonly entries: readonly SnatEntry[] }> {
    const { total } = await this.#snatOf(instanceId)
      .select((eb) => eb.fn.countAll().as('total'))
      .executeTakeFirstOrThrow()
    const rows = await this.#snatOf(instanceId)
      .selectAll()
      .orderBy('created_at')
      .orderBy('id')
      .limit(size)
      .offset((number - 1) * size)
      .execute()
    return { total: Number(total), entries: rows.map(snatEntryOf) }
  }

  /** SNAT addresses used within a range by instances of a CCN, ascending. */
  async snatIps(ccnId: string, range: Cidr, exceptInstanceId?: string): Promise<readonly number[]> {
    const inCcn = this.#db.selectFrom('snat_entry').select('snat_ip').where('ccn_id', '=', ccnId)
    const inRange = inCcn.where('snat_ip', '>=', range.first).where('snat_ip', '<=', range.last)
    const found = exceptInstanceId === undefined ? inRange : inRange.where('instance_id', '!=', exceptInstanceId)
    return (await found.orderBy('snat_ip').execute()).map((row) => row.snat_ip)
  }

  async addSnatEntry({ id, instanceId, cidr, snatIp, createdAt }: SnatEntry, ccnId: string | undefined): Promise<void> {
    await this.#writer()
      .insertInto('snat_entry')
      .values({
        id,
        instance_id: instanceId,
        ccn_id: ccnId ?? null,
        cidr: cidr.cidr,
        first: cidr.first,
        last: cidr.last,
        snat_ip: snatIp,
        created_at: createdAt,
      })
      .execute()
  }

  /** @returns false when the instance has no such entry */
  async deleteSnatEntry(instanceId: string, id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#writer()
      .deleteFrom('snat_entry')
      .where('id', '=', id)
      .where('instance_id', '=', instanceId)
      .executeTakeFirst()
    return numDeletedRows > 0n
  }

  async replaceSnatEntries(
    instanceId: string,
    ccnId: string | undefined,
    entries: readonly SnatEntry[],
  ): Promise<void> {
    await this.#writer().deleteFrom('snat_entry').where('instance_id', '=', instanceId).execute()
    for (const entry of entries) await this.addSnatEntry(entry, ccnId)
  }

  /** Oldest first. */
  dnatEntries(instanceId: string): Promise<readonly DnatEntry[]> {
    return dnatEntriesOf(this.#db, instanceId)
  }

  /** @param type undefined: both kinds */
  dnatEntriesOnPage(
    instanceId: string,
    type: DnatType | undefined,
    page: Page,
  ): Promise<{ readonly total: number; readonly entries: readonly DnatEntry[] }> {
    return dnatEntriesOnPage(this.#db, instanceId, type, page)
  }

  /** Addresses within a range that DNAT entries of other instances of a CCN are reached at, ascending. */
  dnatIpsOfOthers(ccnId: string, range: Cidr, instanceId: string): Promise<readonly number[]> {
    return dnatIpsOfOthers(this.#db, ccnId, range, instanceId)
  }

  addDnatEntry(entry: DnatEntry, ccnId: string | undefined): Promise<void> {
    return addDnatEntry(this.#writer(), entry, ccnId)
  }

  /** @returns false when the instance has no such entry */
  deleteDnatEntry(instanceId: string, id: string): Promise<boolean> {
    return deleteDnatEntry(this.#writer(), instanceId, id)
  }

  serviceAddresses(instanceId: string): Promise<readonly ServiceAddress[]> {
    return serviceAddressesOf(this.#db, instanceId)
  }

  addServiceAddress(instanceId: string, address: ServiceAddress, at: number): Promise<void> {
    return addServiceAddress(this.#writer(), instanceId, address, at)
  }

  /** Those of the instance that have everything that is given. */
  removeServiceAddresses(instanceId: string, which?: Partial<ServiceAddress>): Promise<void> {
    return removeServiceAddresses(this.#writer(), instanceId, which)
  }

  /** Why an instance cannot have an address: as a further service address, or as that of a DNAT entry, which several may share. */
  addressProblem(place: Place, address: number, use: AddressUse = 'service'): Promise<AddressProblem | undefined> {
    return addressProblem(this.#db, place, address, use)
  }

  /** Belongs at the end of every unit of work that may have changed what the gateways of an instance should hold. */
  refreshConfig(instanceId: string): Promise<void> {
    return this.#gatewayConfigs.refresh(instanceId)
  }

  #snatOf(instanceId: string) {
    return this.#db.selectFrom('snat_entry').where('instance_id', '=', instanceId)
  }

  #writer(): Writer {
    if ('insertInto' in this.#db) return this.#db
    throw new Error('Addresses cannot be changed inside a read.')
  }
}

export function createAddresses(
  db: Reader | Writer,
  gatewayConfigs: GatewayConfigs = new GatewayConfigs(db),
): Addresses {
  return new Addresses(db, gatewayConfigs)
}

function cidrOf({ cidr, first }: { readonly cidr: string; readonly first: number }): Cidr {
  return cidrAt(first, Number(cidr.slice(cidr.indexOf('/') + 1)))
}

function snatEntryOf(row: SnatEntryTable): SnatEntry {
  return {
    id: row.id,
    instanceId: row.instance_id,
    cidr: cidrOf(row),
    snatIp: row.snat_ip,
    createdAt: row.created_at,
  }
}

/** Where the networks begin that a network lies in, itself among them. */
function enclosingStarts({ first, length }: Cidr): readonly number[] {
  return [...new Set(Array.from({ length: length + 1 }, (_, bits) => first - (first % 2 ** (32 - bits))))]
}
