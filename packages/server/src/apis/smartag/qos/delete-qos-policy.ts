import { operation } from '../../operation.ts'
import { ownerParams } from '../common-params.ts'
import { qosId, qosPolicyId, qosRegion } from './qos-params.ts'

export const deleteQosPolicy = operation({
  name: 'DeleteQosPolicy',
  family: 'qos',
  about: { en: 'Take a classification rule away.', zh: '删除流分类规则。' },
  source: 'Smartag 2018-03-13, DeleteQosPolicy',
  access: { action: 'smartag:DeleteQosPolicy', level: 'Write', resource: 'qos/{QosId}', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: qosRegion.required('MissParameter.RegionId'),
    QosId: qosId.required('MissParameter.QosId'),
    QosPolicyId: qosPolicyId.required('MissParameter.QosPolicyId'),
    ...ownerParams,
  },

  errors: {
    'MissParameter.RegionId': [400, 'You must specify RegionId.', '您的输入中缺少必填参数RegionId。'],
    'MissParameter.QosId': [400, 'You must specify QosId.', '您的输入中缺少必填参数QosId。'],
    'MissParameter.QosPolicyId': [400, 'You must specify QosPolicyId.', '您的输入中缺少必填参数QosPolicyId。'],
    'InvalidId.Qos': [400, 'The specified QosId is invalid.', '您输入的参数QosId不合法。'],
    'InvalidId.QOSPY': [400, 'The specified QosPolicyId is invalid.', '指定的QosPolicy的实例ID不合法。'],
    InternalError: [403, 'An internal server error occurred.', '内部服务错误。'],
  },

  result: {},

  async run({ caller, qoses, fail }, { RegionId, QosId, QosPolicyId }) {
    const qos = await qoses.find(caller.accountId, RegionId, QosId)
    if (qos === undefined) throw fail('InvalidId.Qos')
    if (!(await qoses.removePolicy(qos.id, QosPolicyId))) throw fail('InvalidId.QOSPY')
    return {}
  },
})
