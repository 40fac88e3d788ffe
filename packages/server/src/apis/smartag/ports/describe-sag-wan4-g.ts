import { integerField, stringField } from '../../../declare/index.ts'
import { hasOlderPorts } from '../../../model/box.ts'
import { operation } from '../../operation.ts'
import { unlistedQueryErrors } from './box-errors.ts'
import { boxParams, queriedBox } from './box-query.ts'

export const describeSagWan4G = operation({
  name: 'DescribeSagWan4G',
  family: 'ports',
  about: {
    en: 'Show the mobile line of a device as it is now. The device has to be connected.',
    zh: '查询设备 4G 线路的当前状态，设备必须在线。',
  },
  source: 'Smartag 2018-03-13, DescribeSagWan4G',
  access: { action: 'smartag:DescribeSagWan4G', level: 'Read', resource: 'smartag/{SmartAGId}', dependent: [] },
  transaction: 'read',

  params: boxParams,

  errors: unlistedQueryErrors,

  result: {
    Status: stringField,
    Strength: stringField,
    Ip: stringField,
    Mac: stringField,
    Priority: integerField,
    TrafficState: stringField,
  },

  async run(context, params) {
    const found = await queriedBox(context, params, hasOlderPorts)
    // The answer has no place for how old it is.
    if (!found.device.connected) throw context.fail('SmartAccessGatewayNotOnline')
    const { modem } = found.box.report ?? {}
    return {
      Status: modem?.status ?? 'Unavailable',
      Strength: modem?.strength ?? 'Unavailable',
      Ip: modem?.ip,
      Mac: modem?.mac,
      // After every other line (D).
      Priority: 99,
      TrafficState: modem?.isActive === true ? 'active' : 'standby',
    }
  },
})
