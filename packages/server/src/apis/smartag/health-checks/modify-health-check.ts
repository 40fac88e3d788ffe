import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'
import {
  dstIpAddr,
  dstPort,
  failCountThreshold,
  hcDescription,
  hcInstanceId,
  hcName,
  hcType,
  probeCount,
  probeInterval,
  probeTimeout,
  rttFailThreshold,
  rttThreshold,
  srcIpAddr,
  srcPort,
} from './health-check-params.ts'

export const modifyHealthCheck = operation({
  name: 'ModifyHealthCheck',
  family: 'health-checks',
  about: {
    en: 'Change a health check. What is not sent stays as it is. Its status is unknown until the gateway has judged by the new settings.',
    zh: '修改健康检查。未传入的参数保持不变。网关按新设置得出结论之前，状态为未知。',
  },
  source: 'Smartag 2018-03-13, ModifyHealthCheck',
  access: { action: 'smartag:ModifyHealthCheck', level: 'Write', printed: 'update', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    HcInstanceId: hcInstanceId.required(),
    Name: hcName.blank(),
    Description: hcDescription.clearable(),
    Type: hcType.blank(),
    DstIpAddr: dstIpAddr.blank(),
    DstPort: dstPort.blank(),
    SrcIpAddr: srcIpAddr.blank(),
    SrcPort: srcPort.blank(),
    ProbeInterval: probeInterval.blank(),
    ProbeCount: probeCount.blank(),
    ProbeTimeout: probeTimeout.blank(),
    RttThreshold: rttThreshold.blank(),
    RttFailThreshold: rttFailThreshold.blank(),
    FailCountThreshold: failCountThreshold.blank(),
    ...ownerParams,
  },

  errors: {
    'HC.InstanceNoFound': [400, 'The specified network health check instance does not exist.', '健康检查实例不存在。'],
  },

  result: {},

  async run({ caller, healthChecks, fail }, { RegionId, SmartAGId, HcInstanceId, ...params }) {
    const check = await healthChecks.find(caller.accountId, RegionId, HcInstanceId)
    if (check === undefined || check.instanceId !== SmartAGId) throw fail('HC.InstanceNoFound')
    await healthChecks.edit(check, {
      name: params.Name ?? check.name,
      description: params.Description === '' ? undefined : (params.Description ?? check.description),
      source: params.SrcIpAddr ?? check.source,
      destination: params.DstIpAddr ?? check.destination,
      sourcePort: params.SrcPort ?? check.sourcePort,
      destinationPort: params.DstPort ?? check.destinationPort,
      interval: params.ProbeInterval ?? check.interval,
      count: params.ProbeCount ?? check.count,
      timeout: params.ProbeTimeout ?? check.timeout,
      slow: params.RttThreshold ?? check.slow,
      slowAnswers: params.RttFailThreshold ?? check.slowAnswers,
      failures: params.FailCountThreshold ?? check.failures,
    })
    return {}
  },
})
