import type { BoxSection } from '@opensag/protocol'
import { direct, stringField } from '../../../declare/index.ts'
import { isActivated, isInArrears } from '../../../model/activation.ts'
import { activeDevice, standbyDevice } from '../../../model/binding.ts'
import type { Box } from '../../../model/box.ts'
import { type BoxTask, boxTask } from '../../../model/box-task.ts'
import type { Device } from '../../../model/device.ts'
import type { Instance } from '../../../model/instance.ts'
import type { OperationContext } from '../../context.ts'
import { ownerParams, regionId, smartAgId, smartAgSn } from '../common-params.ts'
import { queryErrors } from './box-errors.ts'

export const boxParams = {
  RegionId: regionId,
  SmartAGId: smartAgId.required(),
  SmartAGSn: smartAgSn.required(),
  ...ownerParams,
} as const

/** One entry: how far what is shown is. */
export const taskStates = direct({
  State: stringField,
  ErrorCode: stringField,
  ErrorMessage: stringField,
  CreateTime: stringField,
})

type FeatureCode = 'FeatureNotSupport' | 'FeatureNotSupportForActiveSmartAG' | 'FeatureNotSupportForStandBySmartAG'

interface Query {
  readonly RegionId: string
  readonly SmartAGId: string
  readonly SmartAGSn: string
}

export interface QueriedBox {
  readonly device: Device
  readonly box: Box
}

/** The box that a query names, whatever was said of it last, also while it is away. */
export async function queriedBox(
  context: Pick<OperationContext, 'caller' | 'fleet' | 'boxes' | 'now'> & {
    readonly fail: (code: keyof typeof queryErrors) => Error
  },
  { RegionId, SmartAGId, SmartAGSn }: Query,
  isAble: (device: Device) => boolean,
): Promise<QueriedBox> {
  const { caller, fleet, boxes, now, fail } = context
  const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
  if (instance === undefined) throw fail('SAG.InstanceNoFound')
  if (instance.kind === 'app') throw fail('SAG.SoftwareNotSupport') // it has no device
  if (!isActivated(instance, now)) throw fail('SmartAccessGatewayNotActivated')
  if (isInArrears(instance, now)) throw fail('SmartAccessGatewayInArrears')
  const device = instance.devices.find(({ serial }) => serial === SmartAGSn)
  if (device === undefined) throw fail('InstanceNotExit')
  requireAble(instance, device, isAble, fail)
  const box = await boxes.of(device.serial)
  if (box.report === undefined && !device.connected) {
    const another = instance.devices.some(({ connected }) => connected)
    throw fail(another ? 'SmartAccessGatewayNotOnline' : 'SmartAccessGatewayOffline')
  }
  if (device.synStatus === 'Unsynchronized') throw fail('ConfigUnsynchronized')
  return { device, box }
}

/** Of a pair both must be able, whichever is named: the feature has to survive a switch (C). */
export function requireAble(
  instance: Instance,
  device: Device,
  isAble: (device: Device) => boolean,
  fail: (code: FeatureCode) => Error,
): void {
  const [active, standby] = [activeDevice(instance), standbyDevice(instance)]
  if (active === undefined || standby === undefined) {
    if (!isAble(device)) throw fail('FeatureNotSupport')
    return
  }
  if (!isAble(active)) throw fail('FeatureNotSupportForActiveSmartAG')
  if (!isAble(standby)) throw fail('FeatureNotSupportForStandBySmartAG')
}

export function tasksOf(
  { device, box }: QueriedBox,
  section?: BoxSection,
): readonly Readonly<Record<string, string>>[] {
  return [taskView(boxTask(device, box, section))]
}

const waiting = ['202', 'Processing'] as const
const codes = {
  TaskNotExist: waiting,
  Initialized: waiting,
  Processing: waiting,
  Succeed: ['200', 'Successful'],
  Offline: ['SmartAccessGatewayNotOnline', queryErrors.SmartAccessGatewayNotOnline[1]],
  VersionNotSupport: ['FeatureNotSupport', queryErrors.FeatureNotSupport[1]],
  BuildRequestError: ['InternalError', 'The device cannot be told this.'],
  HardwareError: ['InternalError', 'The device cannot do it.'],
} as const satisfies Readonly<Record<BoxTask['state'], readonly [string, string]>>

export function taskView({ state, at, reason }: BoxTask): Readonly<Record<string, string>> {
  const [ErrorCode, message] = codes[state]
  return {
    State: state,
    ErrorCode,
    ErrorMessage: reason ?? message,
    ...(at === undefined ? {} : { CreateTime: String(at) }),
  }
}
