import { secret, text } from '../../../declare/index.ts'
import { hasWifi } from '../../../model/box.ts'
import { bandwidthOf, channelOf, truthOf, wifiBefore, wifiProblem, wifiSettings } from '../../../model/wifi.ts'
import { operation } from '../../operation.ts'
import { changedBox, placeOf } from './box-change.ts'
import { changeErrors, listedOnPage } from './box-errors.ts'
import { boxParams } from './box-query.ts'
import { sealedOrKept } from './box-secrets.ts'

export const modifySagWifi = operation({
  name: 'ModifySagWifi',
  family: 'ports',
  about: {
    en: 'Set the wireless network of a device. What is left out stays as it is.',
    zh: '设置设备的 Wi-Fi。未指定的参数保持不变。',
  },
  source: 'Smartag 2018-03-13, ModifySagWifi',
  access: { action: 'smartag:ModifySagWifi', level: 'Write', resource: 'smartag/{SmartAGId}', dependent: [] },
  transaction: 'write',

  params: {
    ...boxParams,
    IsEnable: text()
      .required()
      .readsAs(truthOf, 'InvalidParameter')
      .example('True')
      .about('Whether it can be joined.', '是否开启。'),
    SSID: text()
      .matches(/^[A-Za-z0-9_-]{1,31}$/)
      .invalid('InvalidParameter')
      .example('branch-office')
      .about('Its name: 1–31 letters, digits, `_` and `-`.', '名称：1～31 个字母、数字、`_` 或 `-`。'),
    IsBroadcast: text()
      .readsAs(truthOf, 'InvalidParameter')
      .example('True')
      .about('Whether it is shown.', '是否广播名称。'),
    IsAuth: text()
      .readsAs(truthOf, 'InvalidParameter')
      .example('True')
      .about(
        '`False`: everybody may join, whatever `AuthenticationType` says.',
        '`False` 表示无需认证，忽略 `AuthenticationType`。',
      ),
    AuthenticationType: text()
      .oneOf('NONE', 'WPA-PSK', 'WPA2-PSK')
      .invalid('InvalidParameter')
      .example('WPA2-PSK')
      .about('How a terminal proves that it may join.', '认证方式。'),
    EncryptAlgorithm: text()
      .oneOf('AUTO', 'TKIP', 'AES')
      .invalid('InvalidParameter')
      .example('AES')
      .about('The cipher.', '加密算法。'),
    Password: secret(/^[A-Za-z0-9]{8,32}$/)
      .invalid('InvalidParameter')
      .example('Branch2024')
      .about(
        '8–32 letters and digits. Needed for a closed network unless one is stored.',
        '8～32 个字母或数字。需要认证且尚未保存密码时必填。',
      ),
    Channel: text()
      .readsAs(channelOf, 'InvalidParameter')
      .example('6')
      .about('1–11; 0: the device looks for one.', '1～11；0 表示自动选择。'),
    Bandwidth: text()
      .readsAs(bandwidthOf, 'InvalidParameter')
      .example('20 MHz')
      .about('`Automatic`, `20 MHz` or `40 MHz`.', '`Automatic`、`20 MHz` 或 `40 MHz`。'),
  },

  errors: {
    'InvalidId.SMARTAG': [
      400,
      'The specified smart access gateway instance ID does not exist.',
      '智能接入网关实例 ID 不存在。',
      listedOnPage,
    ],
    ...changeErrors,
    // Then InvalidParameter again, for the values together.
  },

  result: {},

  async run(context, params) {
    const { caller, fleet, boxes, now, fail } = context
    const { RegionId, SmartAGId, SmartAGSn } = params
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('InvalidId.SMARTAG')
    const changed = await changedBox(context, instance, SmartAGSn, hasWifi)
    const { device, box } = changed
    const before = wifiBefore(box)
    const purpose = { section: 'wifi', name: 'password' } as const
    const wanted = {
      isOn: params.IsEnable,
      ssid: params.SSID,
      isBroadcast: params.IsBroadcast,
      channel: params.Channel,
      bandwidth: params.Bandwidth,
      isClosed: params.IsAuth,
      authentication: params.AuthenticationType,
      cipher: params.EncryptAlgorithm,
      password: sealedOrKept(device, purpose, { given: params.Password, kept: before.password }, context),
    }
    const set = wifiSettings(wanted, before)
    const problem = wifiProblem(set)
    if (problem !== undefined) throw fail('InvalidParameter', problem)
    const [place, how] = placeOf(changed, now, 'wifi')
    await boxes.set(place, 'wifi', set, how)
    return {}
  },
})
