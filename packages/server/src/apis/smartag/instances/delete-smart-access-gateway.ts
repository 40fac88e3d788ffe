import { text } from '../../../declare/index.ts'
import { deletionHindrance } from '../../../model/deletion.ts'
import { operation } from '../../operation.ts'
import { ownerParams, smartAgId } from '../common-params.ts'

const outsideTable = {
  en: 'The table lists a missing parameter only; this code is one of other operations on the same instance.',
  zh: '该表仅列出缺少参数的情况；此错误码取自同一实例的其他操作。',
} as const

export const deleteSmartAccessGateway = operation({
  name: 'DeleteSmartAccessGateway',
  family: 'instances',
  about: {
    en: 'Delete hardware that has been overdue for seven days and is in no CCN and bound to no VBR. Its devices return to the inventory. On a server without a shop nothing has to be overdue.',
    zh: '删除欠费或到期满 7 天、且未绑定云连接网和 VBR 的硬件实例。其设备回到设备库存。未开启商店的服务器上的实例无需到期。',
  },
  source: 'Smartag 2018-03-13, DeleteSmartAccessGateway',
  access: { action: 'smartag:DeleteSmartAccessGateway', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: text().example('cn-shanghai').about('The region of the instance.', '实例所在的地域。'),
    InstanceId: smartAgId.required('MissingParameter'),
    ResourceOwnerId: ownerParams.ResourceOwnerId,
  },

  errors: {
    MissingParameter: [403, 'The input parameter is missing, please check your input.', '输入参数缺失，请检查您的输入'],
    'SAG.InstanceNoFound': [
      400,
      'The specified SAG instance does not exist.',
      '智能接入网关实例不存在。',
      outsideTable,
    ],
    ActionNotSupport: [
      400,
      'The specified instance does not support this action.',
      '指定的实例不支持该操作。',
      outsideTable,
    ],
    ResourceInOperating: [
      400,
      'The specified resource is being used. Please try later.',
      '当前资源正在操作中，请求稍后重试。',
      outsideTable,
    ],
  },

  result: {},

  async run({ caller, fleet, networks, now, fail }, { RegionId, InstanceId }) {
    const instance = await fleet.instanceById(InstanceId)
    if (instance?.accountId !== caller.accountId) throw fail('SAG.InstanceNoFound')
    if (RegionId !== undefined && instance.regionId !== RegionId) throw fail('SAG.InstanceNoFound')
    const hasVbr = (await networks.vbrOf(instance.id)) !== undefined
    const hindrance = deletionHindrance(instance, hasVbr, now)
    if (hindrance === 'bound') throw fail('ResourceInOperating')
    if (hindrance !== undefined) throw fail('ActionNotSupport')
    await fleet.deleteInstance(instance.id)
    return {}
  },
})
