import { stringField } from '../../../declare/index.ts'
import { hasWifi } from '../../../model/box.ts'
import { operation } from '../../operation.ts'
import { unlistedQueryErrors } from './box-errors.ts'
import { boxParams, queriedBox, taskStates, tasksOf, taskView } from './box-query.ts'

export const describeSagWifi = operation({
  name: 'DescribeSagWifi',
  family: 'ports',
  about: {
    en: 'Show the wireless network of a device.',
    zh: '查询设备的 Wi-Fi。',
  },
  source: 'Smartag 2018-03-13, DescribeSagWifi',
  access: { action: 'smartag:DescribeSagWifi', level: 'Read', resource: 'smartag/{SmartAGId}', dependent: [] },
  transaction: 'read',

  params: boxParams,

  errors: unlistedQueryErrors,

  result: {
    IsEnable: stringField,
    Ssid: stringField,
    IsBroadcast: stringField,
    IsAuth: stringField,
    AuthenticationType: stringField,
    EncryptAlgorithm: stringField,
    Channel: stringField,
    Bandwidth: stringField,
    TaskStates: taskStates,
  },

  async run(context, params) {
    const found = await queriedBox(context, params, hasWifi)
    const { wifi } = found.box.report ?? {}
    const isWithout = found.box.report !== undefined && wifi === undefined
    return {
      IsEnable: printed(wifi?.isOn === true),
      Ssid: wifi?.ssid,
      IsBroadcast: wifi && printed(wifi.isBroadcast),
      IsAuth: wifi && printed(wifi.authentication !== 'NONE'),
      AuthenticationType: wifi?.authentication,
      EncryptAlgorithm: wifi?.cipher,
      Channel: wifi && String(wifi.channel),
      Bandwidth: wifi?.bandwidth,
      TaskStates: isWithout
        ? [taskView({ state: 'HardwareError', at: found.box.report?.at, reason: 'The device has no radio.' })]
        : tasksOf(found, 'wifi'),
    }
  },
})

/** As the pages of today print it. */
function printed(value: boolean): string {
  return value ? 'True' : 'False'
}
