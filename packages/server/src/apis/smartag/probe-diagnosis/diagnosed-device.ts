import { text } from '../../../declare/index.ts'
import type { Device } from '../../../model/device.ts'
import type { Instance } from '../../../model/instance.ts'
import type { OperationContext } from '../../context.ts'
import { isHere } from '../../is-here.ts'
import { noTable } from '../no-table.ts'

export const diagnosisRegion = text()
  .example('cn-shanghai')
  .about('The region of the instance; without it, whichever it is in.', '实例所在的地域；不填则不限地域。')

export const diagnosisErrors = {
  'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能接入网关实例不存在。', noTable],
  'Sag.DeviceNotExist': [400, 'The specified device does not exist.', '当前设备不存在。', noTable],
} as const

interface Called extends Pick<OperationContext, 'caller' | 'fleet'> {
  fail(code: keyof typeof diagnosisErrors): Error
}

/** The device that a diagnosis is of. @throws what both operations answer for others */
export async function diagnosedDevice(
  { caller, fleet, fail }: Called,
  { RegionId, SmartAGId, SmartAGSn }: { RegionId: string | undefined; SmartAGId: string; SmartAGSn: string },
): Promise<{ readonly instance: Instance; readonly device: Device }> {
  const instance = await fleet.instanceById(SmartAGId)
  if (!isHere(instance, caller, RegionId)) throw fail('SAG.InstanceNoFound')
  const device = instance.devices.find(({ serial }) => serial === SmartAGSn)
  if (device === undefined) throw fail('Sag.DeviceNotExist')
  return { instance, device }
}
