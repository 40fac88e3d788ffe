import { stringField } from '../../../declare/index.ts'
import { qosLimit } from '../../../model/qos.ts'
import { operation } from '../../operation.ts'
import { ownerParams } from '../common-params.ts'
import { qosDescription, qosName, qosRegion } from './qos-params.ts'

export const createQos = operation({
  name: 'CreateQos',
  family: 'qos',
  about: {
    en: 'Create a QoS, without rules: an account has 10 at most. Throttling rules and classification rules are added to it, and instances associated with it.',
    zh: '创建 QoS 策略（不含规则），每个账号最多 10 个。随后添加限速规则和流分类规则，并关联实例。',
  },
  source: 'Smartag 2018-03-13, CreateQos',
  access: { action: 'smartag:CreateQos', level: 'Write', resource: 'qos/*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: qosRegion.required('MissParameter.RegionId'),
    QosName: qosName.required('MissParameter.Name').invalid('InvalidParameter.Name'),
    QosDescription: qosDescription.invalid('InvalidParameter.Description'),
    ...ownerParams,
  },

  errors: {
    'MissParameter.RegionId': [400, 'You must specify RegionId.', '您的输入中缺少必填参数RegionId。'],
    'MissParameter.Name': [400, 'You must specify Name.', '您的输入中缺少必填参数Name。'],
    'InvalidParameter.Name': [400, 'The specified Name is invalid.', '您输入的参数Name不合法。'],
    'InvalidParameter.Description': [400, 'The specified Description is invalid.', '您输入的参数Description不合法。'],
    QosAmountLimit: [
      400,
      'No more QoS can be created. You can submit a ticket to increase the quota of QoSes.',
      '您名下Qos数量已达上线，请提交工单申请提升配额。',
    ],
    InternalError: [403, 'An internal server error occurred.', '内部服务错误。'],
  },

  result: { QosId: stringField, ResourceGroupId: stringField },

  async run({ caller, qoses, ids, now, fail }, { RegionId, QosName, QosDescription }) {
    if ((await qoses.count(caller.accountId)) >= qosLimit) throw fail('QosAmountLimit')
    const id = ids.withPrefix('qos-')
    await qoses.add({
      id,
      accountId: caller.accountId,
      regionId: RegionId,
      name: QosName,
      description: QosDescription,
      createdAt: now,
    })
    return { QosId: id }
  },
})
