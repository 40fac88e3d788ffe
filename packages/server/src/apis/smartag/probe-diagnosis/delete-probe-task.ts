import { stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { regionId, sagId, sn } from '../common-params.ts'
import { probeTaskId } from './probe-task-params.ts'

export const deleteProbeTask = operation({
  name: 'DeleteProbeTask',
  family: 'probe-diagnosis',
  about: { en: 'Delete a probe task of a device.', zh: '删除设备的拨测任务。' },
  source: 'Smartag 2018-03-13, DeleteProbeTask',
  access: { action: 'smartag:DeleteProbeTask', level: 'Write', resource: 'probetask/{ProbeTaskId}', dependent: [] },
  transaction: 'write',

  params: { RegionId: regionId, SagId: sagId, Sn: sn, ProbeTaskId: probeTaskId.required() },

  errors: {
    InstanceNotExit: [400, 'The specified instance does not exist.', '指定的实例不存在。'],
    SagConfiguring: [400, 'Sag is configuring.', 'SAG配置中。'],
  },

  result: { Code: stringField, Message: stringField },

  async run({ caller, fleet, probeTasks, fail }, { RegionId, SagId, Sn, ProbeTaskId }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SagId)
    const task = instance && (await probeTasks.find(instance.id, Sn, ProbeTaskId))
    if (task === undefined) throw fail('InstanceNotExit')
    await probeTasks.remove(task)
    return { Code: '200', Message: 'successful' }
  },
})
