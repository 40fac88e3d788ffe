import { portsFit } from '../../../model/five-tuple.ts'
import { isTimeSpan, type QosPolicy } from '../../../model/qos.ts'
import { operation } from '../../operation.ts'
import { applicationsIn, dpiGroupIds, dpiSignatureIds } from '../application-params.ts'
import { ownerParams } from '../common-params.ts'
import { aboutTuple, network, ports, protocol } from '../five-tuple-params.ts'
import {
  aboutTimes,
  noApplication,
  priority,
  qosDescription,
  qosId,
  qosName,
  qosPolicyId,
  qosRegion,
  time,
} from './qos-params.ts'

export const modifyQosPolicy = operation({
  name: 'ModifyQosPolicy',
  family: 'qos',
  about: {
    en: 'Change a classification rule. All changes of a call are made together or none; what is not sent stays as it is.',
    zh: '修改流分类规则。一次调用中的修改全部生效或全部不生效；未传入的参数保持不变。',
  },
  source: 'Smartag 2018-03-13, ModifyQosPolicy',
  access: { action: 'smartag:ModifyQosPolicy', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: qosRegion.required('MissParameter.RegionId'),
    QosId: qosId.required('MissParameter.QosId'),
    QosPolicyId: qosPolicyId.required('MissParameter.QosPolicyId'),
    // Blank takes these two and the times away (C); the others cannot be without a value.
    Name: qosName.clearable().invalid('InvalidParameter.Name'),
    Description: qosDescription.clearable().invalid('InvalidParameter.Description'),
    Priority: priority.invalid('InvalidParameter.Priority').blank(),
    SourceCidr: network
      .invalid('InvalidParameter.SourceCidr')
      .blank()
      .about(...aboutTuple.source),
    SourcePortRange: ports
      .invalid('InvalidParameter.SourcePortRange')
      .blank()
      .about(...aboutTuple.sourcePorts),
    DestCidr: network
      .invalid('InvalidParameter.DestCidr')
      .blank()
      .about(...aboutTuple.dest),
    DestPortRange: ports
      .invalid('InvalidParameter.DestPortRange')
      .blank()
      .about(...aboutTuple.destPorts),
    IpProtocol: protocol.invalid('NotSupportedProtocol').blank(),
    StartTime: time
      .clearable()
      .invalid('InvalidParameter.StartTime')
      .about(...aboutTimes.start),
    EndTime: time
      .clearable()
      .invalid('InvalidParameter.EndTime')
      .example('2022-09-14T16:41:33+0800')
      .about(...aboutTimes.end),
    DpiGroupIds: dpiGroupIds.invalid('InvalidParameter'),
    DpiSignatureIds: dpiSignatureIds.invalid('InvalidParameter'),
    ...ownerParams,
  },

  errors: {
    'MissParameter.RegionId': [400, 'You must specify RegionId.', '您的输入中缺少必填参数"RegionId"。'],
    'MissParameter.QosId': [400, 'You must specify QosId.', '您的输入中缺少必填参数"QosId"。'],
    'MissParameter.QosPolicyId': [400, 'You must specify QosPolicyId.', '您的输入中缺少必填参数"QosPolicyId"。'],
    'InvalidParameter.Name': [400, 'The specified Name is invalid.', '您输入的参数"Name"不合法。'],
    'InvalidParameter.Description': [400, 'The specified Description is invalid.', '您输入的参数"Description"不合法。'],
    'InvalidParameter.Priority': [400, 'The specified Priority is invalid.', '您输入的参数"Priority"不合法。'],
    'InvalidParameter.SourceCidr': [400, 'The specified SourceCidr is invalid.', '您输入的参数"SourceCidr"不合法。'],
    'InvalidParameter.DestCidr': [400, 'The specified DestCidr is invalid.', '您输入的参数"DestCidr"不合法。'],
    NotSupportedProtocol: [400, 'The specified protocol of the QoS policy is not supported.', 'Qos规则不支持该协议。'],
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
    'InvalidId.Qos': [400, 'The specified QosId is invalid.', '您输入的参数"QosId"不合法。'],
    'InvalidId.QOSPY': [400, 'The specified QosPolicyId is invalid.', '指定的QosPolicy的实例ID不合法。'],
    // Of what the rule would be: with what stays as it is.
    InvalidPortRange: [403, 'The specified port range is invalid.', '您输入的端口范围不合法。'],
    InvalidTimeRangeCompare: [
      400,
      'The specified end time is earlier than the start time. Please check your input.',
      '您输入的参数中结束时间小于开始时间，请检查您的输入。',
    ],
    InternalError: [403, 'An internal server error occurred.', '内部服务错误'],
  },

  result: {},

  async run({ caller, qoses, fail }, params) {
    const qos = await qoses.find(caller.accountId, params.RegionId, params.QosId)
    if (qos === undefined) throw fail('InvalidId.Qos')
    const before = (await qoses.policies(qos.id)).find(({ id }) => id === params.QosPolicyId)
    if (before === undefined) throw fail('InvalidId.QOSPY')
    const policy: QosPolicy = {
      ...before,
      name: params.Name ?? before.name,
      description: params.Description ?? before.description,
      priority: params.Priority ?? before.priority,
      protocol: params.IpProtocol ?? before.protocol,
      sourceCidr: params.SourceCidr ?? before.sourceCidr,
      sourcePorts: params.SourcePortRange ?? before.sourcePorts,
      destCidr: params.DestCidr ?? before.destCidr,
      destPorts: params.DestPortRange ?? before.destPorts,
      applications: applicationsIn(params, before.applications),
      startTime: (params.StartTime ?? before.startTime) || undefined,
      endTime: (params.EndTime ?? before.endTime) || undefined,
    }
    if (!portsFit(policy)) throw fail('InvalidPortRange')
    if (!isTimeSpan(policy)) throw fail('InvalidTimeRangeCompare')
    await qoses.changePolicy(policy)
    return {}
  },
})
