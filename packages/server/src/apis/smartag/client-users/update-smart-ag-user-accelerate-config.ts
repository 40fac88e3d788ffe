import { integer } from '../../../declare/index.ts'
import { bandwidths, userName } from '../../../model/client-user.ts'
import { operation } from '../../operation.ts'
import { appId, clientToken, clientUserName, dryRun, regionId } from '../common-params.ts'
import { noCodeOfItsOwn } from '../restart.ts'

export const updateSmartAgUserAccelerateConfig = operation({
  name: 'UpdateSmartAGUserAccelerateConfig',
  family: 'client-users',
  about: {
    en: 'Accelerate an account: its tunnel takes this bandwidth where it is more than that of the account, at once and until it is 0.',
    zh: '为客户端账号加速：高于账号带宽时，其隧道立即按该带宽限速；设为 0 则取消加速。',
  },
  source: 'Smartag 2018-03-13, UpdateSmartAGUserAccelerateConfig',
  access: { action: 'smartag:UpdateSmartAGUserAccelerateConfig', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: appId.required(),
    UserName: clientUserName.required().invalid('ClientUser.NameInvalid').matches(userName),
    Bandwidth: integer()
      .required()
      .invalid('ClientUser.BandwidthInvalid')
      .range(0, bandwidths.max)
      .example('1000')
      .about('Kbit/s, 1–20000; 0 ends the acceleration.', '加速带宽，单位 Kbit/s，1～20000；0 表示取消加速。'),
    DryRun: dryRun,
    ClientToken: clientToken,
  },

  errors: {
    'ClientUser.NameInvalid': [400, 'The specified UserName is invalid.', '用户名格式非法。', noCodeOfItsOwn],
    'ClientUser.BandwidthInvalid': [400, 'The specified Bandwidth is invalid.', '用户带宽非法。', noCodeOfItsOwn],
    'SAG.InstanceNoFound': [
      400,
      'The specified SAG instance does not exist.',
      '智能接入网关实例不存在。',
      noCodeOfItsOwn,
    ],
  },

  result: {},

  async run({ caller, fleet, remoteUsers, fail }, { RegionId, SmartAGId, UserName, Bandwidth, DryRun }) {
    const app = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (app?.kind !== 'app') throw fail('SAG.InstanceNoFound')
    if ((await remoteUsers.user(app.id, UserName)) === undefined) throw fail('ClientUser.NameInvalid')
    if (!DryRun) await remoteUsers.editUser(app.id, UserName, { accelerateBandwidth: Bandwidth })
    return {}
  },
})
