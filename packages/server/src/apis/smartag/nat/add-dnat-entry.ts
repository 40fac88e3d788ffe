import { stringField, text } from '../../../declare/index.ts'
import { isActivated, isInArrears } from '../../../model/activation.ts'
import { canTranslateDestinations } from '../../../model/device-features.ts'
import {
  type DnatEntry,
  dnatAddress,
  dnatEntryLimit,
  dnatPort,
  dnatProtocol,
  isSameWay,
  portsFit,
} from '../../../model/dnat.ts'
import { isRegion } from '../../../model/regions.ts'
import { holds } from '../../../model/snat.ts'
import type { OperationContext } from '../../context.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, sagId } from '../common-params.ts'
import { dnatType, onlyServersFault } from './dnat-params.ts'

export const addDnatEntry = operation({
  name: 'AddDnatEntry',
  family: 'nat',
  about: {
    en: 'Lead what comes to an address of the cloud connect network, or to the WAN address of the gateway, to a host of the branch.',
    zh: '添加 DNAT 条目：将发往云连接网内某个地址或网关 WAN 地址的流量转发到分支内的主机。',
  },
  source: 'Smartag 2018-03-13, AddDnatEntry',
  access: {
    action: 'smartag:AddDnatEntry',
    level: 'Write',
    resource: 'smartag/{SagId}',
    dependent: [],
    tellsOthersApart: true,
  },
  transaction: 'write',

  params: {
    RegionId: regionId.required('MissingParameter').satisfies(isRegion, 'InvalidRegionID'),
    SagId: sagId.required('MissingParameter'),
    Type: dnatType
      .default('Intranet')
      .about(
        '`Intranet`: reached through the cloud connect network at `ExternalIp`. `Internet`: reached at the WAN address of the gateway.',
        '`Intranet`：通过云连接网以 `ExternalIp` 访问。`Internet`：以网关的 WAN 地址访问。',
      ),
    IpProtocol: text()
      .required('MissingParam')
      .oneOfIgnoringCase('TCP', 'UDP', 'Any')
      .invalid('InvalidParameter')
      .example('TCP')
      .about('In any case; answered in lower case.', '不区分大小写，返回时为小写。'),
    ExternalIp: text()
      .example('10.255.1.1')
      .about(
        'The address of an `Intranet` entry. Not used with `Internet`.',
        '`Intranet` 条目的地址。`Internet` 条目不使用。',
      ),
    ExternalPort: text()
      .required('MissingParam')
      .readsAs(dnatPort, 'InvalidParameter')
      .example('80')
      .about('1–65535, or `any`.', '1～65535，或 `any`。'),
    InternalIp: text()
      .required('MissingParam')
      .readsAs(dnatAddress, 'IllegalParam')
      .example('192.168.0.1')
      .about('The address of the host.', '主机的地址。'),
    InternalPort: text()
      .required('MissingParam')
      .readsAs(dnatPort, 'InvalidParameter')
      .example('80')
      .about('1–65535, or `any` if `ExternalPort` is `any`.', '1～65535；`ExternalPort` 为 `any` 时必须为 `any`。'),
    ...ownerParams,
  },

  checks: [
    {
      param: 'ExternalIp',
      code: 'MissingParam',
      test: ({ Type, ExternalIp }) => Type === 'Internet' || ExternalIp !== undefined,
    },
    {
      param: 'ExternalIp',
      code: 'IllegalParam',
      test: ({ Type, ExternalIp }) => Type === 'Internet' || dnatAddress(ExternalIp ?? '') !== undefined,
    },
    {
      param: 'InternalPort',
      code: 'IllegalParam',
      test: ({ IpProtocol, ExternalPort: externalPort, InternalPort: internalPort }) =>
        portsFit({ protocol: dnatProtocol[IpProtocol], externalPort, internalPort }),
    },
  ],

  errors: {
    MissingParameter: [403, 'The input parameter is missing, please check your input.', '输入参数缺失，请检查您的输入'],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限'],
    InvalidRegionID: [400, 'The specified regionId does not exist.', '指定的RegionId不存在。'],
    MissingParam: [400, 'You must specify the parameter.', '必须指定该参数。'],
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数'],
    IllegalParam: [400, 'The parameter is invalid.', '参数非法。'],
    'InvalidId.SMARTAG': [403, 'The specified smart access gateway instance id is invalid.', '无效的智能接入网关ID'],
    SmartAccessGatewayNotActivated: [
      500,
      'The specified Smart Access Gateway has not been activated.',
      '该智能接入网关尚未激活，请先激活该实例。',
    ],
    SmartAccessGatewayInArrears: [
      500,
      'The specified Smart Access Gateway has expired.',
      '该智能接入网关已经到期停服，请续费。',
    ],
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性',
    ],
    // Then IllegalParam again, for the address in its surroundings.
    DuplicatedDnatEntry: [
      400,
      'The specified ExternalIp, IpProtocol, ExternalPort, InternalIp, and InternalPort are duplicated.',
      '指定的ExternalIp、IpProtocol、ExternalPort、InternalIp和InternalPort重复。',
    ],
    InternalError: onlyServersFault,
  },

  result: { DnatEntryId: stringField },

  async run(context, params) {
    const { caller, fleet, addresses, ids, now, fail } = context
    const instance = await fleet.instanceById(params.SagId)
    if (instance === undefined || instance.regionId !== params.RegionId) throw fail('InvalidId.SMARTAG')
    if (instance.accountId !== caller.accountId) throw fail('Forbidden')
    if (!isActivated(instance, now)) throw fail('SmartAccessGatewayNotActivated')
    if (isInArrears(instance, now)) throw fail('SmartAccessGatewayInArrears')
    // A remote-access service has no gateway that could translate.
    if (instance.kind === 'app' || !instance.devices.every(canTranslateDestinations)) throw fail('FeatureNotSupport')

    const entry: DnatEntry = {
      id: ids.withPrefix('fwd-'),
      instanceId: instance.id,
      type: params.Type,
      protocol: dnatProtocol[params.IpProtocol],
      externalIp: params.Type === 'Internet' ? undefined : dnatAddress(params.ExternalIp ?? ''),
      externalPort: params.ExternalPort,
      internalIp: params.InternalIp,
      internalPort: params.InternalPort,
      createdAt: now,
    }
    const { ccnId } = instance
    const problem = await placeProblem(context, entry, ccnId)
    if (problem !== undefined) throw fail('IllegalParam', problem)
    const entries = await addresses.dnatEntries(instance.id)
    if (entries.some((other) => isSameWay(other, entry))) throw fail('DuplicatedDnatEntry')
    // The table has no code for a number of entries.
    if (entries.length >= dnatEntryLimit) {
      throw fail('IllegalParam', `An instance has at most ${dnatEntryLimit} DNAT entries.`)
    }

    await addresses.addDnatEntry(entry, ccnId)
    await addresses.refreshConfig(instance.id)
    return { DnatEntryId: entry.id }
  },
})

/** Why its external address cannot be reached at the instance; undefined: it can. */
async function placeProblem(
  { addresses }: OperationContext,
  { instanceId, externalIp }: DnatEntry,
  ccnId: string | undefined,
): Promise<string | undefined> {
  if (externalIp === undefined) return undefined
  if (holds(await addresses.cidrs(instanceId), externalIp)) return 'ExternalIp lies in a block of the instance.'
  switch (await addresses.addressProblem({ instanceId, ccnId }, externalIp, 'dnat')) {
    case 'taken':
      return 'ExternalIp is in use by an SNAT entry, a service address or another instance of the network.'
    case 'routed':
      return 'ExternalIp is routed to another instance or leased line of the network.'
    default:
      return undefined
  }
}
