import { stringField } from '../../../declare/index.ts'
import { probeFault } from '../../../model/probe-task.ts'
import { isProbeSource } from '../../../model/service-address.ts'
import { operation } from '../../operation.ts'
import { regionId, sagId, sn } from '../common-params.ts'
import {
  enable,
  packetNumber,
  probeDomain,
  probePort,
  probeProtocol,
  probeSource,
  probeTaskId,
  sourceError,
  taskName,
} from './probe-task-params.ts'

export const updateProbeTask = operation({
  name: 'UpdateProbeTask',
  family: 'probe-diagnosis',
  about: {
    en: 'Change a probe task. What is not sent stays as it is; the kind of the task cannot be changed.',
    zh: '修改拨测任务。未传入的参数保持不变；任务类型不能修改。',
  },
  source: 'Smartag 2018-03-13, UpdateProbeTask',
  access: { action: 'smartag:UpdateProbeTask', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SagId: sagId,
    Sn: sn,
    ProbeTaskId: probeTaskId.required(),
    TaskName: taskName.blank(),
    Protocol: probeProtocol.blank(),
    Domain: probeDomain.blank(),
    Port: probePort.blank(),
    ProbeTaskSourceAddress: probeSource.blank(),
    PacketNumber: packetNumber.blank(),
    Enable: enable.blank(),
  },

  errors: {
    InstanceNotExit: [400, 'The specified instance does not exist.', '指定的实例不存在。'],
    InvalidName: [400, 'The specified name is not valid.', '名称不合法。'],
    InvalidProbeProtocol: [400, 'The specified probe task protocol is invalid.', '拨测任务协议不合法。'],
    InvalidProbeDomain: [400, 'The specified probe task domain is invalid.', '拨测任务域名不合法。'],
    InvalidProbePort: [400, 'The specified probe task port is invalid.', '拨测任务端口不合法。'],
    ...sourceError,
  },

  result: { Code: stringField, Message: stringField },

  async run({ caller, fleet, addresses, probeTasks, now, fail }, { RegionId, SagId, Sn, ProbeTaskId, ...params }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SagId)
    const task = instance && (await probeTasks.find(instance.id, Sn, ProbeTaskId))
    if (task === undefined) throw fail('InstanceNotExit')
    const settings = {
      name: params.TaskName ?? task.name,
      type: task.type,
      protocol: params.Protocol ?? task.protocol,
      domain: params.Domain ?? task.domain,
      port: params.Port ?? task.port,
      source: params.ProbeTaskSourceAddress ?? task.source,
      packets: params.PacketNumber ?? task.packets,
      isEnabled: params.Enable ?? task.isEnabled,
    }
    const fault = probeFault(settings)
    if (fault !== undefined) throw fail(fault)
    const { type, source } = settings
    const own = await addresses.serviceAddresses(task.instanceId)
    const isOurs = type === 'Internet' || source === undefined || isProbeSource(own, Sn, source)
    if (!isOurs) throw fail('ResourceInOperating')

    await probeTasks.edit(task, settings, now)
    return { Code: '200', Message: 'successful' }
  },
})
