import { numberToIpv4 } from '@opensag/rules'
import { booleanField, direct, integerField, stringField, text } from '../../../declare/index.ts'
import type { ProbeTask } from '../../../model/probe-task.ts'
import { operation } from '../../operation.ts'
import { pageNumber, pageSize, regionId } from '../common-params.ts'
import { probeProtocol, probeTaskId } from './probe-task-params.ts'

export const listProbeTask = operation({
  name: 'ListProbeTask',
  family: 'probe-diagnosis',
  about: { en: 'List probe tasks, the oldest first.', zh: '查询拨测任务列表，旧的在前。' },
  source: 'Smartag 2018-03-13, ListProbeTask',
  access: { action: 'smartag:ListProbeTask', level: 'List', printed: 'list', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SagId: text().example('sag-tq3sazs17smldn0000').about('Only those of this instance.', '仅该实例的任务。'),
    Sn: text().example('sag32a30000').about('Only those of this device.', '仅该设备的任务。'),
    SagName: text().example('shanghai-office').about('A part of the name of the instance.', '实例名称的一部分。'),
    ProbeTaskId: probeTaskId,
    TaskName: text().example('test-ping').about('A part of the name.', '名称的一部分。'),
    Protocol: probeProtocol,
    PageNumber: pageNumber,
    PageSize: pageSize('Probe tasks'),
  },

  errors: {
    InvalidProbeProtocol: [
      400,
      'The specified probe task protocol is invalid.',
      '拨测任务协议不合法。',
      {
        en: 'The page lists no errors; UpdateProbeTask has this one.',
        zh: '该操作的文档未列出错误码，采用 UpdateProbeTask 的错误码。',
      },
    ],
  },

  result: {
    Code: stringField,
    Message: stringField,
    TotalCount: integerField,
    PageNumber: integerField,
    PageSize: integerField,
    Data: direct({
      ProbeTaskId: stringField,
      TaskName: stringField,
      SagId: stringField,
      Sn: stringField,
      Type: stringField,
      Protocol: stringField,
      Domain: stringField,
      Port: integerField,
      ProbeTaskSourceAddress: stringField,
      PacketNumber: integerField,
      Enable: booleanField,
      GmtCreate: stringField,
      GmtModify: stringField,
    }),
  },

  async run({ caller, probeTasks }, { RegionId, PageNumber, PageSize, ...params }) {
    const { total, tasks } = await probeTasks.list(
      {
        accountId: caller.accountId,
        regionId: RegionId,
        id: params.ProbeTaskId,
        instanceId: params.SagId,
        serial: params.Sn,
        protocol: params.Protocol,
        name: params.TaskName,
        instanceName: params.SagName,
      },
      { number: PageNumber, size: PageSize },
    )
    return { Code: '200', Message: 'successful', TotalCount: total, PageNumber, PageSize, Data: tasks.map(shown) }
  },
})

function shown(task: ProbeTask) {
  return {
    ProbeTaskId: task.id,
    TaskName: task.name,
    SagId: task.instanceId,
    Sn: task.serial,
    Type: task.type,
    Protocol: task.protocol,
    Domain: task.domain,
    Port: task.port,
    ProbeTaskSourceAddress: task.source === undefined ? undefined : numberToIpv4(task.source),
    PacketNumber: task.packets,
    Enable: task.isEnabled,
    GmtCreate: minute(task.createdAt),
    GmtModify: minute(task.modifiedAt),
  }
}

/** `2022-11-23 14:09`, in UTC. */
function minute(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ')
}
