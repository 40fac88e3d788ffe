import { portsFit } from '../../../model/five-tuple.ts'
import { isTimeSpan, policyLimit } from '../../../model/qos.ts'
import { operation } from '../../operation.ts'
import { applicationsIn, dpiGroupIds, dpiSignatureIds } from '../application-params.ts'
import { ownerParams } from '../common-params.ts'
import { aboutTuple, network, ports, protocol } from '../five-tuple-params.ts'
import { aboutTimes, noApplication, priority, qosDescription, qosId, qosName, qosRegion, time } from './qos-params.ts'
import { policyFields, shownPolicy } from './rule-view.ts'

export const createQosPolicy = operation({
  name: 'CreateQosPolicy',
  family: 'qos',
  about: {
    en: 'Add a classification rule to a QoS: its packets belong to the throttling rule of its priority, if there is one. The first rule that a packet matches counts: by priority, then the oldest.',
    zh: '为 QoS 策略添加流分类规则：匹配的流量归入相同优先级的限速规则（如有）。报文按首条匹配的规则分类：先按优先级，再按创建时间。',
  },
  source: 'Smartag 2018-03-13, CreateQosPolicy',
  access: { action: 'smartag:CreateQosPolicy', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: qosRegion.required('MissParameter.RegionId'),
    QosId: qosId.required('MissParameter.QosId'),
    Name: qosName.invalid('InvalidParameter.Name'),
    Description: qosDescription.invalid('InvalidParameter.Description'),
    Priority: priority.required('InvalidParameter.Priority').invalid('InvalidParameter.Priority'),
    SourceCidr: network
      .required('MissParameter.SourceCidr')
      .invalid('InvalidParameter.SourceCidr')
      .about(...aboutTuple.source),
    SourcePortRange: ports
      .required('MissParameter.SourcePortRange')
      .invalid('InvalidParameter.SourcePortRange')
      .about(...aboutTuple.sourcePorts),
    DestCidr: network
      .required('MissParameter.DestCidr')
      .invalid('InvalidParameter.DestCidr')
      .about(...aboutTuple.dest),
    DestPortRange: ports
      .required('MissParameter.DestPortRange')
      .invalid('InvalidParameter.DestPortRange')
      .about(...aboutTuple.destPorts),
    IpProtocol: protocol.required('MissParameter.IpProtocol').invalid('NotSupportedProtocol'),
    StartTime: time.invalid('InvalidParameter.StartTime').about(...aboutTimes.start),
    EndTime: time
      .invalid('InvalidParameter.EndTime')
      .example('2022-09-14T16:41:33+0800')
      .about(...aboutTimes.end),
    DpiGroupIds: dpiGroupIds.invalid('InvalidParameter'),
    DpiSignatureIds: dpiSignatureIds.invalid('InvalidParameter'),
    ...ownerParams,
  },

  checks: [
    {
      param: 'DestPortRange',
      code: 'InvalidPortRange',
      test: (values) =>
        portsFit({
          protocol: values.IpProtocol,
          sourceCidr: values.SourceCidr,
          sourcePorts: values.SourcePortRange,
          destCidr: values.DestCidr,
          destPorts: values.DestPortRange,
        }),
    },
    {
      param: 'EndTime',
      code: 'InvalidTimeRangeCompare',
      test: ({ StartTime, EndTime }) => isTimeSpan({ startTime: StartTime, endTime: EndTime }),
    },
  ],

  errors: {
    'MissParameter.RegionId': [400, 'You must specify RegionId.', '您的输入中缺少必填参数"RegionId"。'],
    'MissParameter.QosId': [400, 'You must specify QosId.', '您的输入中缺少必填参数"QosId"。'],
    'MissParameter.QosPolicyId': [400, 'You must specify QosPolicyId.', '您的输入中缺少必填参数"QosPolicyId"。'],
    'MissParameter.SourceCidr': [400, 'You must specify SourceCidr.', '您的输入中缺少必填参数"SourceCidr"。'],
    'MissParameter.SourcePortRange': [
      400,
      'You must specify SourcePortRange.',
      '您的输入中缺少必填参数"SourcePortRange"。',
    ],
    'MissParameter.DestCidr': [400, 'You must specify DestCidr.', '您的输入中缺少必填参数"DestCidr"。'],
    'MissParameter.DestPortRange': [400, 'You must specify DestPortRange.', '您的输入中缺少必填参数"DestPortRange"。'],
    'MissParameter.IpProtocol': [400, 'You must specify IpProtocol.', '您的输入中缺少必填参数"IpProtocol"。'],
    'InvalidParameter.Name': [400, 'The specified Name is invalid.', '您输入的参数"Name"不合法。'],
    'InvalidParameter.Description': [400, 'The specified Description is invalid.', '您输入的参数"Description"不合法。'],
    'InvalidParameter.Priority': [400, 'The specified Priority is invalid.', '您输入的参数"Priority"不合法。'],
    'InvalidParameter.SourceCidr': [400, 'The specified SourceCidr is invalid.', '您输入的参数"SourceCidr"不合法。'],
    'InvalidParameter.DestCidr': [400, 'The specified DestCidr is invalid.', '您输入的参数"DestCidr"不合法。'],
    NotSupportedProtocol: [400, 'The specified protocol of the QoS policy is not supported.', 'Qos规则不支持该协议。'],
    // Of both the form: what it means is InvalidPortRange.
    'InvalidParameter.SourcePortRange': [
      400,
      'The specified SourcePortRange is invalid.',
      '您输入的参数"SourcePortRange"不合法。',
    ],
    'InvalidParameter.DestPortRange': [
      400,
      'The specified DestPortRange is invalid.',
      '您输入的参数"DestPortRange"不合法。',
    ],
    'InvalidParameter.StartTime': [400, 'The specified StartTime is invalid.', '您输入的参数"StartTime"不合法。'],
    'InvalidParameter.EndTime': [400, 'The specified EndTime is invalid.', '您输入的参数"EndTime"不合法。'],
    InvalidParameter: noApplication,
    // Its ends are not in order, or the protocol has no such ports.
    InvalidPortRange: [403, 'The specified port range is invalid.', '您输入的端口范围不合法。'],
    InvalidTimeRangeCompare: [
      400,
      'The specified end time is earlier than the start time. Please check your input.',
      '您输入的参数中结束时间小于开始时间，请检查您的输入。',
    ],
    'InvalidId.Qos': [400, 'The specified QosId is invalid.', '您输入的参数"QosId"不合法。'],
    QosPyPerQosPyPerQosAmountLimitQosAmountLimit: [
      400,
      'The maximum number of policies in a QoS is exceeded. You can submit a ticket to increase the quota.',
      '单个Qos策略中的QosPolicy达到上限，您可以提交工单申请提高配额。',
    ],
    InternalError: [403, 'An internal server error occurred.', '内部服务错误'],
  },

  result: policyFields,

  async run({ caller, qoses, ids, now, fail }, params) {
    const qos = await qoses.find(caller.accountId, params.RegionId, params.QosId)
    if (qos === undefined) throw fail('InvalidId.Qos')
    const alike = (await qoses.policies(qos.id)).filter((policy) => policy.priority === params.Priority)
    if (alike.length >= policyLimit) throw fail('QosPyPerQosPyPerQosAmountLimitQosAmountLimit')
    const policy = {
      id: ids.withPrefix('qospy-'),
      qosId: qos.id,
      name: params.Name,
      description: params.Description,
      priority: params.Priority,
      protocol: params.IpProtocol,
      sourceCidr: params.SourceCidr,
      sourcePorts: params.SourcePortRange,
      destCidr: params.DestCidr,
      destPorts: params.DestPortRange,
      applications: applicationsIn(params),
      startTime: params.StartTime,
      endTime: params.EndTime,
      createdAt: now,
    }
    await qoses.addPolicy(policy)
    return shownPolicy(policy)
  },
})
