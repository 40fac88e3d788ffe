import { operation } from '../../operation.ts'
import { ownerParams } from '../common-params.ts'
import { qosId, qosRegion } from './qos-params.ts'

export const deleteQos = operation({
  name: 'DeleteQos',
  family: 'qos',
  about: {
    en: 'Delete a QoS with its rules. Instances that have it have none any more.',
    zh: '删除 QoS 策略及其规则，并解除与实例的关联。',
  },
  source: 'Smartag 2018-03-13, DeleteQos',
  access: { action: 'smartag:DeleteQos', level: 'Write', resource: 'qos/{QosId}', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: qosRegion.required('MissParameter.RegionId'),
    QosId: qosId.required('MissParameter.QosId'),
    ...ownerParams,
  },

  errors: {
    'MissParameter.RegionId': [400, 'You must specify RegionId.', '您的输入中缺少必填参数RegionId。'],
    'MissParameter.QosId': [400, 'You must specify QosId.', '您的输入中缺少必填参数QosId。'],
    'InvalidId.Qos': [400, 'The specified QosId is invalid.', '您输入的参数QosId不合法。'],
    InternalError: [403, 'An internal server error occurred.', '内部服务错误。'],
  },

  result: {},

  async run({ caller, qoses, fail }, { RegionId, QosId }) {
    const qos = await qoses.find(caller.accountId, RegionId, QosId)
    if (qos === undefined) throw fail('InvalidId.Qos')
    await qoses.remove(qos)
    return {}
  },
})
