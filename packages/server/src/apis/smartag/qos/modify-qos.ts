import { operation } from '../../operation.ts'
import { ownerParams } from '../common-params.ts'
import { qosDescription, qosId, qosName, qosRegion } from './qos-params.ts'

export const modifyQos = operation({
  name: 'ModifyQos',
  family: 'qos',
  about: { en: 'Change the name or the description of a QoS.', zh: '修改 QoS 策略的名称或描述。' },
  source: 'Smartag 2018-03-13, ModifyQos',
  access: { action: 'smartag:ModifyQos', level: 'Write', printed: 'update', resource: 'qos/{QosId}', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: qosRegion.required('MissParameter.RegionId'),
    QosId: qosId.required('MissParameter.QosId'),
    QosName: qosName.blank('MissParameter.Name').invalid('InvalidParameter.Name'),
    // Blank takes it away (C).
    QosDescription: qosDescription.clearable().invalid('InvalidParameter.Description'),
    ...ownerParams,
  },

  errors: {
    'MissParameter.RegionId': [400, 'You must specify RegionId.', '您的输入中缺少必填参数RegionId。'],
    'MissParameter.QosId': [400, 'You must specify QosId.', '您的输入中缺少必填参数QosId。'],
    // Sent with nothing in it; or neither it nor a description is sent (C).
    'MissParameter.Name': [400, 'You must specify Name.', '您的输入中缺少必填参数Name。'],
    'InvalidParameter.Name': [400, 'The specified Name is invalid.', '您输入的参数Name不合法。'],
    'InvalidParameter.Description': [400, 'The specified Description is invalid.', '您输入的参数Description不合法。'],
    'InvalidId.Qos': [400, 'The specified QosId is invalid.', '您输入的参数QosId不合法。'],
    InternalError: [403, 'An internal server error occurred.', '内部服务错误。'],
  },

  result: {},

  async run({ caller, qoses, fail }, { RegionId, QosId, QosName, QosDescription }) {
    if (QosName === undefined && QosDescription === undefined) throw fail('MissParameter.Name')
    const qos = await qoses.find(caller.accountId, RegionId, QosId)
    if (qos === undefined) throw fail('InvalidId.Qos')
    await qoses.edit(qos, { name: QosName, description: QosDescription })
    return {}
  },
})
