import type { Instance } from '../../model/instance.ts'
import type { JobParams } from '../../model/job.ts'
import type { Expected, ItemCall, PlannedItem } from '../item-calls.ts'

/** Gets into the network of the job. One that is in it already is answered so, which is no failure. */
export function planNetwork(
  named: ItemCall['params'],
  { ccnId = '' }: JobParams = {},
  instance: Instance | undefined,
): Omit<PlannedItem, 'wasOnline'> {
  return {
    calls: [{ action: 'BindSmartAccessGateway', params: { ...named, CcnId: ccnId } }],
    expected: { devices: [], ccnId },
    wasSo: instance?.ccnId === ccnId,
  }
}

export function isInNetwork({ ccnId }: Expected, instance: Instance): boolean {
  return ccnId !== undefined && instance.ccnId === ccnId
}
