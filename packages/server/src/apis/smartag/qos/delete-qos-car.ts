import { operation } from '../../operation.ts'
import { ownerParams } from '../common-params.ts'
import { qosCarId, qosId, qosRegion } from './qos-params.ts'

export const deleteQosCar = operation({
  name: 'DeleteQosCar',
  family: 'qos',
  about: {
    en: 'Take a throttling rule away. Classification rules of its priority stay; their packets are limited no longer.',
    zh: '删除限速规则。相同优先级的流分类规则保留，其流量不再限速。',
  },
  source: 'Smartag 2018-03-13, DeleteQosCar',
  access: { action: 'smartag:DeleteQosCar', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: qosRegion.required('MissParameter.RegionId'),
    QosId: qosId.required('MissParameter.QosId'),
    QosCarId: qosCarId.required('MissParameter.QosCarId'),
    ...ownerParams,
  },

  errors: {
    'MissParameter.RegionId': [400, 'You must specify RegionId.', '您的输入中缺少必填参数RegionId。'],
    'MissParameter.QosId': [400, 'You must specify QosId.', '您的输入中缺少必填参数QosId。'],
    'MissParameter.QosCarId': [400, 'You must specify QosCarId.', '您的输入中缺少必填参数"QosCarId"。'],
    'InvalidId.Qos': [400, 'The specified QosId is invalid.', '您输入的参数QosId不合法。'],
    'InvalidId.QOSCAR': [400, 'The specified QosCarId is invalid.', '指定的QosCar的实例ID不合法。'],
    InternalError: [403, 'An internal server error occurred.', '内部服务错误。'],
  },

  result: {},

  async run({ caller, qoses, fail }, { RegionId, QosId, QosCarId }) {
    const qos = await qoses.find(caller.accountId, RegionId, QosId)
    if (qos === undefined) throw fail('InvalidId.Qos')
    if (!(await qoses.removeCar(qos.id, QosCarId))) throw fail('InvalidId.QOSCAR')
    return {}
  },
})
