import { operation } from '../../operation.ts'
import { ownerParams, smartAgId } from '../common-params.ts'
import { inPart, qosId, qosRegion } from './qos-params.ts'

export const disassociateQos = operation({
  name: 'DisassociateQos',
  family: 'qos',
  about: { en: 'Let the gateways of an instance send by a QoS no longer.', zh: '解除 QoS 策略与实例的关联。' },
  source: 'Smartag 2018-03-13, DisassociateQos',
  access: {
    action: 'smartag:DisassociateQos',
    level: 'Write',
    printed: 'update',
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
    'MissParameter.RegionId': [400, 'You must specify RegionId.', '您的输入中缺少必填参数RegionId。'],
    'MissParameter.QosId': [400, 'You must specify QosId.', '您的输入中缺少必填参数QosId。'],
    'MissParameter.SmartAGId': [400, 'You must specify SmartAGId.', '您的输入中缺少必填参数"SmartAGId"。'],
    'InvalidId.Qos': [400, 'The specified QosId is invalid.', '您输入的参数QosId不合法。'],
    // An instance that is not there has it not either.
    SmartAGNotAssociateQos: [
      400,
      'The specified smart access gateway is not associated with the specified QoS.',
      '智能接入网关未绑定该Qos。',
      inPart,
    ],
  },

  result: {},

  async run({ caller, fleet, qoses, fail }, { RegionId, QosId, SmartAGId }) {
    const qos = await qoses.find(caller.accountId, RegionId, QosId)
    if (qos === undefined) throw fail('InvalidId.Qos')
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance?.qosId !== qos.id) throw fail('SmartAGNotAssociateQos')
    await qoses.associate(instance.id, undefined)
    return {}
  },
})
