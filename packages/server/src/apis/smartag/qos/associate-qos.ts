import { operation } from '../../operation.ts'
import { ownerParams, smartAgId } from '../common-params.ts'
import { inPart, qosId, qosRegion } from './qos-params.ts'

export const associateQos = operation({
  name: 'AssociateQos',
  family: 'qos',
  about: {
    en: 'Let the gateways of an instance send by a QoS. An instance has one at most.',
    zh: '将 QoS 策略关联到实例，其网关按该策略发送流量。每个实例最多关联一个。',
  },
  source: 'Smartag 2018-03-13, AssociateQos',
  access: {
    action: 'smartag:AssociateQos',
    level: 'Write',
    resource: ['qos/{QosId}', 'smartag/{SmartAGId}'],
    dependent: [],
  },
  transaction: 'write',

  params: {
    RegionId: qosRegion.required('MissParameter.RegionId').about('The region of both.', '两者所在的地域。'),
    QosId: qosId.required('MissParameter.QosId'),
    SmartAGId: smartAgId.required('MissParameter.SmartAGId'),
    ...ownerParams,
  },

  errors: {
    'MissParameter.RegionId': [400, 'You must specify RegionId.', '您的输入中缺少必填参数"RegionId"。'],
    'MissParameter.QosId': [400, 'You must specify QosId.', '您的输入中缺少必填参数QosId。', inPart],
    'MissParameter.SmartAGId': [400, 'You must specify SmartAGId.', '您的输入中缺少必填参数"SmartAGId"。', inPart],
    'InvalidId.Qos': [400, 'The specified QosId is invalid.', '您输入的参数QosId不合法。'],
    'InvalidId.SMARTAG': [
      403,
      'The specified smart access gateway instance id is invalid.',
      '无效的智能接入网关ID',
      {
        en: 'The published table has no code for an instance that is not there; AssociateACL has this one.',
        zh: '公开的错误码表没有“实例不存在”的错误码，采用 AssociateACL 的错误码。',
      },
    ],
    // It speaks of access control lists: copied on the published page.
    'SAG.SoftwareNotSupport': [
      400,
      'The specified SAG software edition instance does not support ACL.',
      '智能接入网关软件版实例不支持ACL。',
    ],
    SmartAGAlreadyAssociateQos: [
      400,
      'The specified smart access gateway has already been associated with the specified QoS.',
      '智能接入网关已经绑定Qos。',
    ],
    QosPerSmartagAmountLimit: [
      400,
      'No more QoS can be associated with this smart access gateway.',
      '智能接入网关不能再绑定更多的Qos。',
    ],
    InternalError: [403, 'An internal server error occurred.', '内部服务错误'],
  },

  result: {},

  async run({ caller, fleet, qoses, fail }, { RegionId, QosId, SmartAGId }) {
    const qos = await qoses.find(caller.accountId, RegionId, QosId)
    if (qos === undefined) throw fail('InvalidId.Qos')
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('InvalidId.SMARTAG')
    if (instance.kind === 'app') throw fail('SAG.SoftwareNotSupport')
    if (instance.qosId === qos.id) throw fail('SmartAGAlreadyAssociateQos')
    if (instance.qosId !== undefined) throw fail('QosPerSmartagAmountLimit')
    await qoses.associate(instance.id, qos.id)
    return {}
  },
})
