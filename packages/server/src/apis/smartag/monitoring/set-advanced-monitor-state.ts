import { boolean, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { regionId, sagId } from '../common-params.ts'
import { monitorErrors, monitored } from './advanced-monitor.ts'

export const setAdvancedMonitorState = operation({
  name: 'SetAdvancedMonitorState',
  family: 'monitoring',
  about: {
    en: 'Have the gateways of an instance report their counters every five seconds instead of every minute, and measure the ways to their points of presence every minute; or end that.',
    zh: '开启或关闭高级监控：开启后网关每 5 秒（而非每分钟）上报计数，并每分钟测量到其接入点的网络质量。',
  },
  source: 'Smartag 2018-03-13, SetAdvancedMonitorState',
  access: { action: 'smartag:SetAdvancedMonitorState', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SagId: sagId,
    Enable: boolean().required().example('true').about('Whether it is on.', '是否开启。'),
  },

  errors: monitorErrors,

  result: { Code: stringField, Message: stringField },

  async run(context, { RegionId, SagId, Enable }) {
    const { id } = await monitored(context, RegionId, SagId)
    await context.fleet.configure(id, { advancedMonitor: Enable })
    await context.addresses.refreshConfig(id)
    return { Code: '200', Message: 'Success' }
  },
})
