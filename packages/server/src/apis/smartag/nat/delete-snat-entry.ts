import { text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'

export const deleteSnatEntry = operation({
  name: 'DeleteSnatEntry',
  family: 'nat',
  about: { en: 'Remove an SNAT entry.', zh: '删除私网 SNAT 条目。' },
  source: 'Smartag 2018-03-13, DeleteSnatEntry',
  access: { action: 'smartag:DeleteSnatEntry', level: 'Write', resource: 'smartag/{SmartAGId}', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    InstanceId: text()
      .required()
      .example('snat-djngdheb0000000000')
      .about('The ID of the SNAT entry.', 'SNAT 条目的 ID。'),
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceNoFound': [
      400,
      'The specified SAG instance does not exist.',
      '智能接入网关实例不存在。',
      {
        en: 'No table is published for this operation; the service-wide list has this code for an instance that is not there.',
        zh: '该操作没有公开的错误码表，采用公共错误码列表中“实例不存在”的错误码。',
      },
    ],
    ParameterSagSnatId: [
      400,
      'The specified SNAT entry does not exist.',
      '指定的SNAT条目不存在。',
      {
        en: 'No table is published for this operation; infrastructure tools take this code as "deleted already".',
        zh: '该操作没有公开的错误码表；基础设施工具将此错误码视为“已删除”。',
      },
    ],
  },

  result: {},

  async run({ caller, fleet, addresses, fail }, { RegionId, SmartAGId, InstanceId }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    if (!(await addresses.deleteSnatEntry(instance.id, InstanceId))) throw fail('ParameterSagSnatId')
    await addresses.refreshConfig(instance.id)
    return {}
  },
})
