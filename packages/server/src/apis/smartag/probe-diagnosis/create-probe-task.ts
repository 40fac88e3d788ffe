import { stringField } from '../../../declare/index.ts'
import { canProbe, defaultPackets, probeFault, probeTaskLimit } from '../../../model/probe-task.ts'
import { isProbeSource } from '../../../model/service-address.ts'
import { operation } from '../../operation.ts'
import { regionId, sagId, sn } from '../common-params.ts'
import {
  enable,
  packetNumber,
  probeDomain,
  probeErrors,
  probePort,
  probeProtocol,
  probeSource,
  probeType,
  taskName,
} from './probe-task-params.ts'

const ofService = {
  en: 'Nothing is published for this operation; the code is one of those that every operation of the service may answer.',
  zh: '该操作没有公开的错误表；采用服务的公共错误码。',
}

export const createProbeTask = operation({
  name: 'CreateProbeTask',
  family: 'probe-diagnosis',
  about: {
    en: 'Add a probe task: a device probes a target every minute and tells what came of it.',
    zh: '新建拨测任务：设备每分钟探测一次目标并上报结果。',
  },
  source: 'Smartag 2018-03-13, CreateProbeTask',
  access: { action: 'smartag:CreateProbeTask', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SagId: sagId,
    Sn: sn,
    TaskName: taskName,
    Type: probeType.required(),
    Protocol: probeProtocol.required(),
    Domain: probeDomain.required(),
    Port: probePort,
    ProbeTaskSourceAddress: probeSource,
    PacketNumber: packetNumber,
    Enable: enable.required(),
  },

  errors: {
    ...probeErrors,
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
        en: 'Nothing is published for this operation. It answers for a device that has as many tasks as it may have, and for a source that is no service address of the device for probes.',
        zh: '该操作没有公开的错误表；表示设备的任务数量已达上限，或源地址不是该设备的探测服务地址。',
      },
    ],
  },

  result: { Code: stringField, Message: stringField, Data: stringField },

  async run({ caller, fleet, addresses, probeTasks, ids, now, fail }, { RegionId, SagId, Sn, ...params }) {
    const settings = {
      name: params.TaskName,
      type: params.Type,
      protocol: params.Protocol,
      domain: params.Domain,
      port: params.Port,
      source: params.ProbeTaskSourceAddress,
      packets: params.PacketNumber ?? defaultPackets,
      isEnabled: params.Enable,
    }
    const fault = probeFault(settings)
    if (fault !== undefined) throw fail(fault)
    const instance = await fleet.instance(caller.accountId, RegionId, SagId)
    const device = instance?.devices.find(({ serial }) => serial === Sn)
    if (instance === undefined || device === undefined) throw fail('InstanceNotExit')
    if (!canProbe(device)) throw fail('FeatureNotSupport')
    const ofDevice = (await probeTasks.of(instance.id)).filter(({ serial }) => serial === Sn)
    if (ofDevice.length >= probeTaskLimit) throw fail('ResourceInOperating')
    const { type, source } = settings
    const own = await addresses.serviceAddresses(instance.id)
    const isOurs = type === 'Internet' || source === undefined || isProbeSource(own, Sn, source)
    if (!isOurs) throw fail('ResourceInOperating')

    const id = ids.withPrefix('probe-')
    const task = { id, instanceId: instance.id, serial: Sn, generation: 1, createdAt: now, modifiedAt: now }
    await probeTasks.add({ ...task, ...settings })
    return { Code: '200', Message: 'successful', Data: id }
  },
})
