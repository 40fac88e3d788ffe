import type { Claim } from '../../model/static-route.ts'
import type { Reader } from '../store.ts'

/** The blocks of the other members of the network of an instance, and the routes of leased lines in the CEN of that. */
export async function claimsAround(db: Reader, instanceId: string): Promise<readonly Claim[]> {
  const blocks = await db
    .selectFrom('instance')
    .innerJoin('instance_cidr', 'instance_cidr.ccn_id', 'instance.ccn_id')
    .select(['instance_cidr.cidr', 'instance_cidr.first', 'instance_cidr.last', 'instance_cidr.instance_id as owner'])
    .where('instance.id', '=', instanceId)
    .where('instance_cidr.instance_id', '!=', instanceId)
    .orderBy('instance_cidr.first')
    .execute()
  const lines = await db
    .selectFrom('instance')
    .innerJoin('ccn', 'ccn.id', 'instance.ccn_id')
    .innerJoin('vbr', 'vbr.cen_id', 'ccn.cen_id')
    .innerJoin('vbr_route', 'vbr_route.vbr_id', 'vbr.id')
    .select(['vbr_route.cidr', 'vbr_route.first', 'vbr_route.last', 'vbr.id as owner', 'vbr.instance_id as backed'])
    .where('instance.id', '=', instanceId)
    .orderBy('vbr_route.first')
    .orderBy('vbr.id')
    .execute()
  // A line that is backed up by the instance leads to the same branch.
  return [...blocks, ...lines.filter(({ backed }) => backed !== instanceId)]
}
