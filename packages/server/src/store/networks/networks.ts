import type { Cidr } from '@opensag/rules'
import type { Ccn, Span } from '../../model/ccn.ts'
import type { Vbr } from '../../model/vbr.ts'
import type { Page } from '../fleet/fleet.ts'
import { GatewayConfigs } from '../gateways/configurations.ts'
import type { Reader, Writer } from '../store.ts'
import {
  allCcns,
  attachToCen,
  type CcnEdit,
  type CcnFilter,
  type CcnListing,
  countCcns,
  deleteCcn,
  editCcn,
  findCcn,
  insertCcn,
  listCcns,
  type NewCcn,
  namesOf,
} from './ccn.ts'
import {
  deleteGrant,
  type GrantListing,
  hasAnyGrant,
  hasGrant,
  insertGrant,
  instancesGrantedTo,
  listGrants,
  type SagGrant,
} from './ccn-grants.ts'
import {
  type CenGrant,
  type CenGrantFilter,
  type CenGrantListing,
  deleteCenGrant,
  findCenOwner,
  listCenGrants,
  putCenGrant,
} from './cen-grants.ts'
import { hasMember, hasMemberOf, setCcn, usesBlock, usesSnatAddress, usesTranslation } from './members.ts'
import {
  allVbrs,
  findOverlappingVbr,
  findVbr,
  findVbrOfInstance,
  insertVbr,
  listRelations,
  type NewVbr,
  routesOf,
  setBackup,
  type VbrRelation,
} from './vbr.ts'
import {
  deleteVbrGrant,
  hasVbrGrant,
  listVbrGrants,
  putVbrGrant,
  type VbrGrant,
  type VbrGrantFilter,
  type VbrGrantListing,
} from './vbr-grants.ts'

/** Cloud Connect Networks, CENs, VBRs and grants, inside one unit of work. */
export class Networks {
  readonly #db: Reader | Writer
  readonly #gatewayConfigs: GatewayConfigs

  constructor(db: Reader | Writer, gatewayConfigs: GatewayConfigs) {
    this.#db = db
    this.#gatewayConfigs = gatewayConfigs
  }

  /** Whoever owns it. */
  ccn(id: string): Promise<Ccn | undefined> {
    return findCcn(this.#db, id)
  }

  /** Newest first. */
  ccns(filter: CcnFilter, page: Page): Promise<CcnListing> {
    return listCcns(this.#db, filter, page)
  }

  /** Every network of every account, oldest first: for the operator side. */
  allCcns(): Promise<readonly Ccn[]> {
    return allCcns(this.#db)
  }

  /** How many an account has, in all regions together. */
  countCcns(accountId: string): Promise<number> {
    return countCcns(this.#db, accountId)
  }

  /** Names of those that exist; undefined for one without a name. */
  ccnNames(ids: readonly string[]): Promise<ReadonlyMap<string, string | undefined>> {
    return namesOf(this.#db, ids)
  }

  hasMember(ccnId: string): Promise<boolean> {
    return hasMember(this.#db, ccnId)
  }

  /** An instance of the account is in it. */
  hasMemberOf(ccnId: string, accountId: string): Promise<boolean> {
    return hasMemberOf(this.#db, ccnId, accountId)
  }

  addCcn(ccn: NewCcn): Promise<void> {
    return insertCcn(this.#writer(), ccn)
  }

  async editCcn(id: string, edit: CcnEdit): Promise<void> {
    await editCcn(this.#writer(), id, edit)
    if (edit.interworking !== undefined) await this.#gatewayConfigs.tellPops()
  }

  /** With the grants to it. It must have no member. */
  deleteCcn(id: string): Promise<void> {
    return deleteCcn(this.#writer(), id)
  }

  attachToCen(
    id: string,
    cen: { readonly cenId: string; readonly ownerId: string; readonly subnet?: string | undefined },
  ): Promise<void> {
    return attachToCen(this.#writer(), id, { ...cen, subnet: cen.subnet })
  }

  detachFromCen(id: string): Promise<void> {
    return attachToCen(this.#writer(), id, undefined)
  }

  /** Puts the instance with its blocks, SNAT and DNAT entries into the network. */
  async bind(instanceId: string, ccnId: string, at: number): Promise<void> {
    await setCcn(this.#writer(), instanceId, ccnId, at)
    await this.#gatewayConfigs.refreshNetwork(instanceId)
  }

  async unbind(instanceId: string): Promise<void> {
    await setCcn(this.#writer(), instanceId, null, null)
    await this.#gatewayConfigs.refreshNetwork(instanceId)
  }

  /** A block of a member has an address of the span. */
  usesBlock(ccnId: string, span: Span): Promise<boolean> {
    return usesBlock(this.#db, ccnId, span)
  }

  /** A SNAT or DNAT entry of a member has its address in the span. */
  usesTranslation(ccnId: string, span: Span): Promise<boolean> {
    return usesTranslation(this.#db, ccnId, span)
  }

  /** A SNAT entry of a member has its address in the span. */
  usesSnatAddress(ccnId: string, span: Span): Promise<boolean> {
    return usesSnatAddress(this.#db, ccnId, span)
  }

  /** A SNAT entry of the instance has the address of a member's. */

  /** The owner of the instance lets that network bind it. */
  grantExists(instanceId: string, ccnId: string): Promise<boolean> {
    return hasGrant(this.#db, instanceId, ccnId)
  }

  isGranted(instanceId: string): Promise<boolean> {
    return hasAnyGrant(this.#db, instanceId)
  }

  grants(instanceId: string, page: Page): Promise<GrantListing> {
    return listGrants(this.#db, instanceId, page)
  }

  grantedTo(ccnId: string): Promise<readonly string[]> {
    return instancesGrantedTo(this.#db, ccnId)
  }

  grant(grant: SagGrant): Promise<void> {
    return insertGrant(this.#writer(), grant)
  }

  /** @returns whether there was such a grant. What it let happen stays. */
  revoke(instanceId: string, ccnId: string): Promise<boolean> {
    return deleteGrant(this.#writer(), instanceId, ccnId)
  }

  /** The account the network's owner says a CEN belongs to; undefined without a grant to that CEN. */
  cenOwner(ccnId: string, cenId: string): Promise<string | undefined> {
    return findCenOwner(this.#db, ccnId, cenId)
  }

  cenGrants(filter: CenGrantFilter, page: Page): Promise<CenGrantListing> {
    return listCenGrants(this.#db, filter, page)
  }

  grantToCen(grant: Omit<CenGrant, 'modifiedAt'>): Promise<void> {
    return putCenGrant(this.#writer(), grant)
  }

  /** @returns whether there was such a grant. What it let happen stays. */
  revokeFromCen(ccnId: string, cenId: string): Promise<boolean> {
    return deleteCenGrant(this.#writer(), ccnId, cenId)
  }

  /** The owner of the instance lets it back up that VBR of that account. */
  vbrGrantExists(instanceId: string, vbrId: string, vbrAccountId: string): Promise<boolean> {
    return hasVbrGrant(this.#db, instanceId, vbrId, vbrAccountId)
  }

  vbrGrants(filter: VbrGrantFilter, page: Page): Promise<VbrGrantListing> {
    return listVbrGrants(this.#db, filter, page)
  }

  /** @returns the id of the grant, which may be an older one. */
  grantToVbr(grant: VbrGrant): Promise<string> {
    return putVbrGrant(this.#writer(), grant)
  }

  /** @returns whether there was such a grant. What it let happen stays. */
  revokeFromVbr(instanceId: string, vbrId: string): Promise<boolean> {
    return deleteVbrGrant(this.#writer(), instanceId, vbrId)
  }

  vbr(id: string): Promise<Vbr | undefined> {
    return findVbr(this.#db, id)
  }

  vbrs(): Promise<readonly Vbr[]> {
    return allVbrs(this.#db)
  }

  vbrRoutes(id: string): Promise<readonly Cidr[]> {
    return routesOf(this.#db, id)
  }

  /** The VBR whose line this instance backs up. */
  vbrOf(instanceId: string): Promise<Vbr | undefined> {
    return findVbrOfInstance(this.#db, instanceId)
  }

  /** A VBR of that CEN, other than the excepted one, whose routes overlap the range. */
  vbrOverlap(cenId: string, range: Span, exceptVbrId?: string): Promise<Vbr | undefined> {
    return findOverlappingVbr(this.#db, cenId, range, exceptVbrId)
  }

  vbrRelations(accountId: string, regionId: string, vbrIds: readonly string[]): Promise<readonly VbrRelation[]> {
    return listRelations(this.#db, accountId, regionId, vbrIds)
  }

  addVbr(vbr: NewVbr): Promise<void> {
    return insertVbr(this.#writer(), vbr)
  }

  bindVbr(vbrId: string, instanceId: string, at: number): Promise<void> {
    return setBackup(this.#writer(), vbrId, { instanceId, at })
  }

  unbindVbr(vbrId: string): Promise<void> {
    return setBackup(this.#writer(), vbrId, undefined)
  }

  #writer(): Writer {
    if ('insertInto' in this.#db) return this.#db
    throw new Error('Networks cannot be changed inside a read.')
  }
}

export function createNetworks(db: Reader | Writer, gatewayConfigs: GatewayConfigs = new GatewayConfigs(db)): Networks {
  return new Networks(db, gatewayConfigs)
}
