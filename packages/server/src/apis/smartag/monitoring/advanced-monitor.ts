import { type FeatureLack, featureLack } from '../../../model/feature-lack.ts'
import type { Instance } from '../../../model/instance.ts'
import { canMonitor } from '../../../model/monitoring.ts'
import type { OperationContext } from '../../context.ts'
import { noCodeOfItsOwn } from '../restart.ts'

/** What both operations on advanced monitoring answer. */
export const monitorErrors = {
  FeatureNotSupport: [
    403,
    'The current edition of the smart access gateway does not support this feature.',
    '智能接入网关当前版本不支持该功能特性。',
  ],
  FeatureNotSupportForActiveSmartAG: [
    403,
    'The current edition of the active smart access gateway does not support this feature.',
    '主智能接入网关的当前版本不支持该功能特性。',
  ],
  FeatureNotSupportForStandBySmartAG: [
    403,
    'The current edition of the standby smart access gateway does not support this feature.',
    '备智能接入网关的当前版本不支持该功能特性。',
  ],
  'SAG.InstanceNoFound': [
    400,
    'The specified SAG instance does not exist.',
    '智能接入网关实例不存在。',
    noCodeOfItsOwn,
  ],
} as const

interface Called extends Pick<OperationContext, 'caller' | 'fleet'> {
  fail(code: keyof typeof monitorErrors): Error
}

/** The instance, all gateways of which can be watched more closely. @throws what the tables have for others */
export async function monitored({ caller, fleet, fail }: Called, regionId: string, id: string): Promise<Instance> {
  const instance = await fleet.instance(caller.accountId, regionId, id)
  if (instance === undefined) throw fail('SAG.InstanceNoFound')
  // It has no gateway.
  if (instance.kind === 'app') throw fail('FeatureNotSupport')
  const lack: FeatureLack | undefined = featureLack(instance, canMonitor)
  if (lack !== undefined) throw fail(lack)
  return instance
}
