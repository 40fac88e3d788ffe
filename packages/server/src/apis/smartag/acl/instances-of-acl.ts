import { type Acl, filterLack, lacksWan } from '../../../model/acl.ts'
import type { FeatureLack } from '../../../model/feature-lack.ts'
import type { Instance } from '../../../model/instance.ts'
import type { OperationContext } from '../../context.ts'

type Context = Pick<OperationContext, 'caller' | 'fleet' | 'acls'>

export async function instancesOf({ caller, fleet, acls }: Context, acl: Acl): Promise<readonly Instance[]> {
  const ids = await acls.instancesOf(acl.id)
  return (await fleet.instances({ accountId: caller.accountId, ids })).instances
}

/**
 * Why gateways of the instances of a list could not be told of a change; undefined: all can. Association has looked at those that were
 * there; another device may have been bound since.
 */
export async function lackOfInstances(context: Context, acl: Acl): Promise<FeatureLack | undefined> {
  const lacks = (await instancesOf(context, acl)).map((instance) => filterLack(instance, []))
  return lacks.find((lack) => lack !== undefined)
}

/** A gateway of its instances can filter, but not what is on the Internet. */
export async function someLackWan(context: Context, acl: Acl): Promise<boolean> {
  return (await instancesOf(context, acl)).some(lacksWan)
}
