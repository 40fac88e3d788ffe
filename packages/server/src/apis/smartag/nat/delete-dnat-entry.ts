import { text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, sagId } from '../common-params.ts'
import { isIdOf, onlyServersFault } from './dnat-params.ts'

export const deleteDnatEntry = operation({
  name: 'DeleteDnatEntry',
  family: 'nat',
  about: { en: 'Remove a DNAT entry. Connections through it end.', zh: '删除 DNAT 条目，经由该条目的连接随之中断。' },
  source: 'Smartag 2018-03-13, DeleteDnatEntry',
  access: {
    action: 'smartag:DeleteDnatEntry',
    level: 'Write',
    resource: 'smartag/{SagId}',
    dependent: [],
    tellsOthersApart: true,
  },
  transaction: 'write',

  params: {
    RegionId: regionId.required('MissingParameter'),
    SagId: sagId.required('MissingParameter').satisfies(isIdOf('sag'), 'InvalidParameter'),
    DnatEntryId: text()
      .required('MissingParameter')
      .satisfies(isIdOf('fwd'), 'InvalidParameter')
      .example('fwd-kxe4fq3xuzczze0000')
      .about('The ID of the DNAT entry.', 'DNAT 条目的 ID。'),
    ...ownerParams,
  },

  errors: {
    MissingParameter: [403, 'The input parameter is missing, please check your input.', '输入参数缺失，请检查您的输入'],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限'],
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数'],
    InstanceNotExit: [400, 'The specified instance does not exist.', '指定的实例不存在。'],
    InternalError: onlyServersFault,
  },

  result: {},

  async run({ caller, fleet, addresses, fail }, { RegionId, SagId, DnatEntryId }) {
    const instance = await fleet.instanceById(SagId)
    if (instance === undefined || instance.regionId !== RegionId) throw fail('InstanceNotExit')
    if (instance.accountId !== caller.accountId) throw fail('Forbidden')
    if (!(await addresses.deleteDnatEntry(instance.id, DnatEntryId))) throw fail('InstanceNotExit')
    await addresses.refreshConfig(instance.id)
    return {}
  },
})
