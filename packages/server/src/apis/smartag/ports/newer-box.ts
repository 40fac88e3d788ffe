import { isAtLeast } from '@opensag/rules'
import { boolean, text } from '../../../declare/index.ts'
import { isActivated } from '../../../model/activation.ts'
import { type Box, isNewerBox, newerBoxSince } from '../../../model/box.ts'
import type { Device } from '../../../model/device.ts'
import type { Instance } from '../../../model/instance.ts'
import type { OperationContext } from '../../context.ts'
import { regionId, smartAgId, smartAgSn } from '../common-params.ts'
import { outsideTable } from './box-errors.ts'

/** Of the operations that boxes of the SCG5000 family have in place of the older ones. */
export const newerParams = {
  RegionId: regionId,
  SagInsId: smartAgId.required('MissParameter.GatewayId'),
  SagSn: smartAgSn.requiredInRun('GATEWAY.InvalidSN'),
  CrossAccount: boolean()
    .default(false)
    .example('false')
    .about(
      'The call names the owner of the instance in ResourceUid. Only the owner is answered: across accounts, call in a session of a role of the owner.',
      '在 ResourceUid 中指定实例的所有者。只有所有者可以调用：跨账号时，请使用所有者账号的角色会话调用。',
    ),
  ResourceUid: text()
    .example('1473043827961234')
    .about('With CrossAccount, the account the instance belongs to.', '与 CrossAccount 同时使用，实例所属的账号。'),
} as const

/** In the order of evaluation; of these pages the table was not seen, or not to its end. */
export const newerErrors = outsideTable(
  {
    'MissParameter.GatewayId': [
      400,
      'The input parameter GatewayId that is mandatory for processing this model is not supplied.',
      '缺少参数GatewayId。',
    ],
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能接入网关实例不存在。'],
    'SAG.SoftwareNotSupport': [
      400,
      'The specified software instance does not support ACL.',
      '智能接入网关软件版实例不支持ACL。',
    ],
    SmartAccessGatewayNotActivated: [
      400,
      'The specified Smart Access Gateway has not been activated.',
      '该智能接入网关尚未激活，请先激活该实例。',
    ],
    'GATEWAY.InvalidSN': [400, 'The specified gateway serial number does not exist.', '网关序列号不存在。'],
    DeviceNotExist: [400, 'The specified device does not exist', '指定的设备不存在。'],
    'InvalidSpec.FeatureNotSupport': [
      400,
      'The current edition of the cloudbranch does not support this feature.',
      '当前型号的设备不支持该功能。',
    ],
    FeatureNotSupport: [400, 'Cloud Box Not Support the Feature', '设备当前版本不支持该功能。'],
    SmartAccessGatewayNotOnline: [400, 'The specified instance is not online.', '指定的实例不在线。'],
  },
  {
    en: 'No table is published for this operation; this is that of its siblings.',
    zh: '该操作没有公开的错误码表，采用同类操作的错误码表。',
  },
)

type NewerCode = Exclude<keyof typeof newerErrors, 'MissParameter.GatewayId' | 'SAG.InstanceNoFound'>

interface Named {
  readonly RegionId: string
  readonly SagInsId: string
  readonly CrossAccount?: boolean
  readonly ResourceUid?: string | undefined
}

/** Undefined: the caller has none like it. Whoever is named as the owner: a grant gives no right over the instance. */
export async function newerInstance(
  { caller, fleet }: Pick<OperationContext, 'caller' | 'fleet'>,
  { RegionId, SagInsId, CrossAccount, ResourceUid }: Named,
): Promise<Instance | undefined> {
  if (CrossAccount && ResourceUid !== caller.accountId) return undefined
  return fleet.instance(caller.accountId, RegionId, SagInsId)
}

/** The box of the instance that a call names, and what is known of it. */
export async function newerBox(
  context: Pick<OperationContext, 'fleet' | 'boxes' | 'now'> & { readonly fail: (code: NewerCode) => Error },
  instance: Instance,
  serial: string | undefined,
): Promise<{ readonly device: Device; readonly box: Box }> {
  const { fleet, boxes, now, fail } = context
  if (instance.kind === 'app') throw fail('SAG.SoftwareNotSupport') // it has no device
  if (!isActivated(instance, now)) throw fail('SmartAccessGatewayNotActivated')
  const found = serial === undefined ? undefined : await fleet.device(serial)
  if (found === undefined) throw fail('GATEWAY.InvalidSN') // nobody has that serial number
  const device = instance.devices.find((one) => one.serial === found.serial)
  if (device === undefined) throw fail('DeviceNotExist')
  if (!isNewerBox(device)) throw fail('InvalidSpec.FeatureNotSupport')
  if (!isAtLeast(device.version, newerBoxSince)) throw fail('FeatureNotSupport')
  const box = await boxes.of(device.serial)
  if (box.report === undefined && !device.connected) throw fail('SmartAccessGatewayNotOnline')
  return { device, box }
}
