import { list, stringField, text, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId } from '../common-params.ts'
import { noCodeOfItsOwn } from '../restart.ts'

/** Instances that one call asks about (D). */
const most = 50

export const describeSagOnlineClientStatistics = operation({
  name: 'DescribeSagOnlineClientStatistics',
  family: 'monitoring',
  about: {
    en: 'Show how many clients SAG APP instances have online. An instance that is not there, or is no SAG APP, is left out.',
    zh: '查询 APP 实例的在线客户端数量。不存在或不是 APP 的实例不返回。',
  },
  source: 'Smartag 2018-03-13, DescribeSagOnlineClientStatistics',
  access: { action: 'smartag:DescribeSagOnlineClientStatistics', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId.about('The region of the instances.', '实例所在的地域。'),
    SmartAGIds: list(text())
      .invalid('InvalidParameter')
      .satisfies((ids) => ids.length <= most)
      .example('sag-tq3sazs17smldn0000')
      .about(
        'The instances, 50 at most; without it, all of the account in the region.',
        '实例 ID，最多 50 个；不填则为该地域内账号的所有实例。',
      ),
    ...ownerParams,
  },

  errors: {
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。', noCodeOfItsOwn],
  },

  result: { SagStatistics: wrapped('Statistics', { SmartAGId: stringField, OnlineCount: stringField }) },

  async run({ caller, fleet, remoteUsers }, { RegionId, SmartAGIds }) {
    const wanted = { accountId: caller.accountId, regionId: RegionId, ids: SmartAGIds, kinds: ['app'] as const }
    const { instances } = await fleet.instances(wanted)
    const counts = await remoteUsers.onlineIn(instances.map(({ id }) => id))
    return {
      SagStatistics: instances.map(({ id }) => ({ SmartAGId: id, OnlineCount: String(counts.get(id) ?? 0) })),
    }
  },
})
