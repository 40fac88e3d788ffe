import { adminPasswordSupport } from '../../model/admin-password-support.ts'
import type { Device } from '../../model/device.ts'
import { proofMs } from '../../model/job.ts'
import { changeOfRequest } from '../../store/gateways/password-changes.ts'
import type { JobItem } from '../../store/jobs/jobs.ts'
import type { ItemChange } from '../../store/jobs/runs.ts'
import type { Reader } from '../../store/store.ts'
import type { Asked, Expected, PlannedItem } from '../item-calls.ts'

/** The call that gives one device its new password: each model has an operation of its own, which says itself what it cannot do. */
export function planPassword(
  { regionId: RegionId, instanceId, serial = '' }: Omit<Asked, 'kind' | 'version'>,
  devices: readonly Device[],
): PlannedItem {
  const device = devices.find((one) => one.serial === serial)
  const isNewer = device !== undefined && adminPasswordSupport('update', device) !== 'model'
  return {
    wasOnline: device?.connected === true,
    calls: [
      isNewer
        ? {
            action: 'UpdateSmartAccessGatewayAdminPassword',
            params: { RegionId, SagInsId: instanceId, SagSn: serial },
          }
        : { action: 'ModifySAGAdminPassword', params: { RegionId, SmartAGId: instanceId, SmartAGSn: serial } },
    ],
    expected: { devices: [] },
  }
}

/**
 * What became of a password, as the journal of its gateway says: once it is decided there it is true, whoever heard of it. While it
 * is not, or when it has no entry, nobody guesses; undefined: wait.
 */
export async function decidePassword(
  db: Reader,
  { serial, began_at }: Pick<JobItem, 'serial' | 'began_at'>,
  { requestId = '' }: Expected,
  now: number,
): Promise<ItemChange | undefined> {
  const outcome = await changeOfRequest(db, { serial: serial ?? '', requestId })
  if (outcome === 'succeeded') return { state: 'Done', now }
  if (outcome === 'failed') return { state: 'Failed', code: 'PasswordKept', now }
  const isLate = now - (began_at ?? now) >= proofMs.RotatePasswords
  return isLate ? { state: 'Unknown', code: 'NotAnswered', now } : undefined
}
