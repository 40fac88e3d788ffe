import { stringField } from '../../../declare/index.ts'
import { healthCheckDefaults, healthCheckLimit } from '../../../model/health-check.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'
import {
  dstIpAddr,
  dstPort,
  failCountThreshold,
  hcDescription,
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

const ofService = {
  en: 'Nothing is published for this operation; the code is one of those that every operation of the service may answer.',
  zh: '该操作没有公开的错误表；采用服务的公共错误码。',
}

export const createHealthCheck = operation({
  name: 'CreateHealthCheck',
  family: 'health-checks',
  about: {
    en: 'Add a health check: the gateways of the instance probe an address again and again, and tell when it does not answer any more.',
    zh: '新建健康检查：实例的网关持续探测一个地址，并上报其是否应答。',
  },
  source: 'Smartag 2018-03-13, CreateHealthCheck',
  access: { action: 'smartag:CreateHealthCheck', level: 'Write', printed: 'create', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    Name: hcName.required(),
    Description: hcDescription,
    Type: hcType.required(),
    DstIpAddr: dstIpAddr.required(),
    DstPort: dstPort,
    SrcIpAddr: srcIpAddr.required(),
    SrcPort: srcPort,
    ProbeInterval: probeInterval.default(healthCheckDefaults.interval),
    ProbeCount: probeCount.default(healthCheckDefaults.count),
    ProbeTimeout: probeTimeout.default(healthCheckDefaults.timeout),
    RttThreshold: rttThreshold.default(healthCheckDefaults.slow),
    RttFailThreshold: rttFailThreshold.default(healthCheckDefaults.slowAnswers),
    FailCountThreshold: failCountThreshold.default(healthCheckDefaults.failures),
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能接入网关实例不存在。', ofService],
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性。',
      ofService,
    ],
    ResourceInOperating: [
      400,
      'The specified resource is being used. Please try later.',
      '当前资源正在操作中，请求稍后重试。',
      {
        en: 'Nothing is published for this operation. It answers for an instance that has as many health checks as it may have.',
        zh: '该操作没有公开的错误表；表示实例的健康检查数量已达上限。',
      },
    ],
  },

  result: { InstanceId: stringField },

  async run({ caller, fleet, healthChecks, ids, now, fail }, { RegionId, SmartAGId, ...params }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    // It has no gateway that could probe.
    if (instance.kind === 'app') throw fail('FeatureNotSupport')
    if ((await healthChecks.of(instance.id)).length >= healthCheckLimit) throw fail('ResourceInOperating')

    const id = ids.withPrefix('hc-')
    await healthChecks.add({
      ...{ id, instanceId: instance.id, generation: 1, createdAt: now },
      name: params.Name,
      description: params.Description,
      source: params.SrcIpAddr,
      destination: params.DstIpAddr,
      sourcePort: params.SrcPort,
      destinationPort: params.DstPort,
      interval: params.ProbeInterval,
      count: params.ProbeCount,
      timeout: params.ProbeTimeout,
      slow: params.RttThreshold,
      slowAnswers: params.RttFailThreshold,
      failures: params.FailCountThreshold,
    })
    return { InstanceId: id }
  },
})
