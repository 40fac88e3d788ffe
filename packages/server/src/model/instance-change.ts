import type { Cidr } from '@opensag/rules'
import { canRouteDynamically } from './device-features.ts'
import type { Instance } from './instance.ts'
import type { WantedSnat } from './snat.ts'

/** What `ModifySmartAccessGateway` changes; what is undefined stays as it is. */
export interface InstanceChange {
  readonly cidrs: readonly Cidr[] | undefined
  readonly routingStrategy: Instance['routingStrategy'] | undefined
  readonly securityLockThreshold: number | undefined
  readonly connectionAudit: boolean | undefined
  readonly snat: readonly WantedSnat[] | undefined
}

export type ChangeProblem = 'ActionNotSupport' | 'FeatureNotSupport' | 'SAG.NotAllowConfigCidr'

/** The first reason, in the order of evaluation, why this instance has no such setting; undefined: it has. */
export function changeProblem(
  instance: Pick<Instance, 'kind' | 'devices' | 'routingStrategy'>,
  change: InstanceChange,
): ChangeProblem | undefined {
  if (asksForMissingSetting(instance.kind, change)) return 'ActionNotSupport'
  if (change.routingStrategy === 'dynamic' && !instance.devices.every(canRouteDynamically)) return 'FeatureNotSupport'
  // Static and the blocks in one call are the way back from dynamic (D).
  const strategy = change.routingStrategy ?? instance.routingStrategy
  return change.cidrs !== undefined && strategy === 'dynamic' ? 'SAG.NotAllowConfigCidr' : undefined
}

/** A value every instance of the kind has anyway is no change: clients fill in every field of a form (C). */
function asksForMissingSetting(kind: Instance['kind'], change: InstanceChange): boolean {
  if (kind !== 'app') return change.connectionAudit === true
  return (
    change.routingStrategy === 'dynamic' ||
    (change.securityLockThreshold !== undefined && change.securityLockThreshold !== 0) ||
    change.snat !== undefined
  )
}

/** The change means something in a CCN only. */
export function needsCcn({ connectionAudit, snat }: InstanceChange): boolean {
  return connectionAudit === true || snat !== undefined
}
