import { booleanField, direct, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { regionId, sagId } from '../common-params.ts'
import { monitorErrors, monitored } from './advanced-monitor.ts'

export const getAdvancedMonitorState = operation({
  name: 'GetAdvancedMonitorState',
  family: 'monitoring',
  about: {
    en: 'Tell whether the gateways of an instance are watched more closely.',
    zh: '查询实例是否已开启高级监控。',
  },
  source: 'Smartag 2018-03-13, GetAdvancedMonitorState',
  access: {
    action: 'smartag:GetAdvancedMonitorState',
    level: 'Read',
    printed: 'get',
    resource: 'smartag/{SagId}',
    dependent: [],
  },
  transaction: 'read',

  params: { RegionId: regionId, SagId: sagId },

  errors: monitorErrors,

  result: { Code: stringField, Message: stringField, Data: direct({ Enable: booleanField }) },

  async run(context, { RegionId, SagId }) {
    const { advancedMonitor } = await monitored(context, RegionId, SagId)
    return { Code: '200', Message: 'Success', Data: [{ Enable: advancedMonitor }] }
  },
})
