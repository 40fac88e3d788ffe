import { integerField, wrapped } from '../../../declare/index.ts'
import { onPage } from '../../../model/on-page.ts'
import { operation } from '../../operation.ts'
import { ownerParams, pageNumber, pageSize } from '../common-params.ts'
import { priority, qosDescription, qosId, qosPolicyId, qosRegion } from './qos-params.ts'
import { policyFields, shownPolicy } from './rule-view.ts'

export const describeQosPolicies = operation({
  name: 'DescribeQosPolicies',
  family: 'qos',
  about: {
    en: 'List the classification rules of a QoS in the order in which packets meet them: by priority, then the oldest first.',
    zh: '按匹配顺序查询 QoS 策略的流分类规则：先按优先级，再按创建时间。',
  },
  source: 'Smartag 2018-03-13, DescribeQosPolicies',
  access: { action: 'smartag:DescribeQosPolicies', level: 'Read', resource: 'qos/{QosId}', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: qosRegion.required('MissingParameter'),
    QosId: qosId.required('MissingParameter'),
    QosPolicyId: qosPolicyId.matches(/^qospy-[a-z0-9]+$/).invalid('InvalidParameter'),
    Priority: priority.invalid('InvalidParameter'),
    Description: qosDescription.invalid('InvalidParameter').about('A part of the description.', '描述，模糊匹配。'),
    PageNumber: pageNumber.invalid('InvalidParameter'),
    PageSize: pageSize('Rules').invalid('InvalidParameter'),
    ...ownerParams,
  },

  errors: {
    MissingParameter: [
      403,
      'The input parameter is missing, please check your input.',
      '输入参数缺失，请检查您的输入。',
    ],
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。'],
    'InvalidId.Qos': [400, 'The specified QosId is invalid.', '您输入的参数"QosId"不合法。'],
    InternalError: [403, 'An internal server error occurred.', '内部服务错误'],
  },

  result: {
    PageNumber: integerField,
    PageSize: integerField,
    QosPolicies: wrapped('QosPolicy', policyFields),
    TotalCount: integerField,
  },

  async run({ caller, qoses, fail }, { RegionId, QosId, QosPolicyId, Priority, Description, PageNumber, PageSize }) {
    const qos = await qoses.find(caller.accountId, RegionId, QosId)
    if (qos === undefined) throw fail('InvalidId.Qos')
    const matching = (await qoses.policies(qos.id)).filter(
      ({ id, priority, description = '' }) =>
        (QosPolicyId === undefined || id === QosPolicyId) &&
        (Priority === undefined || priority === Priority) &&
        description.includes(Description ?? ''),
    )
    return {
      PageNumber,
      PageSize,
      QosPolicies: onPage(matching, PageNumber, PageSize).map(shownPolicy),
      TotalCount: matching.length,
    }
  },
})
