import { mostMeasured } from '@opensag/protocol'
import { integer, list } from '../../../declare/index.ts'
import { canMonitor } from '../../../model/monitoring.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'
import { noTable } from '../no-table.ts'

export const probeAccessPointNetworkQuality = operation({
  name: 'ProbeAccessPointNetworkQuality',
  family: 'access-points',
  about: {
    en: 'Have the gateways of an instance that are online measure the ways to points of presence, by ten echo requests each. ListAccessPointNetworkQualities tells what came of it, seconds later.',
    zh: '让实例的在线网关各以十个 ICMP 请求测量到接入点的网络质量。数秒后由 ListAccessPointNetworkQualities 查询结果。',
  },
  source: 'Smartag 2018-03-13, ProbeAccessPointNetworkQuality',
  access: {
    action: 'smartag:ProbeAccessPointNetworkQuality',
    level: 'Write',
    resource: '*',
    dependent: [],
  },
  transaction: 'device',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    AccessPointIds: list(integer())
      .required()
      .invalid('InvalidParameter')
      .satisfies((ids) => ids.length <= mostMeasured)
      .example('1')
      .about('The points, as ListAccessPoints has them; 50 at most.', 'ListAccessPoints 返回的接入点 ID，最多 50 个。'),
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能接入网关实例不存在。', noTable],
    // One of them is not there.
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。', noTable],
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性。',
      noTable,
    ],
    SmartAccessGatewayNotOnline: [
      403,
      'The specified smart access gateway is not online.',
      '该智能接入网关当前不是在线状态，无法完成操作。',
      noTable,
    ],
  },

  result: {},

  async run({ caller, fleet, gateways, unit, began, fail }, { RegionId, SmartAGId, AccessPointIds }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    // A SAG APP instance has no gateway that could measure anything.
    if (instance === undefined || instance.kind === 'app') throw fail('SAG.InstanceNoFound')
    const pops = await unit.read(({ accessPoints }) => accessPoints.all())
    const endpoints = new Map(pops.map(({ number, endpoint }) => [number, endpoint]))
    const addresses = [...new Set(AccessPointIds)].map((id) => {
      const endpoint = endpoints.get(id)
      if (endpoint === undefined) throw fail('InvalidParameter')
      return endpoint
    })
    const online = instance.devices.filter(({ connected }) => connected)
    if (online.length === 0) throw fail('SmartAccessGatewayNotOnline')
    const able = online.filter(canMonitor)
    if (able.length === 0) throw fail('FeatureNotSupport')
    const told = await Promise.all(
      able.map(({ serial }) => gateways.ask({ serial, began }, { kind: 'measure', addresses })),
    )
    if (!told.includes('done')) throw fail('SmartAccessGatewayNotOnline')
    return {}
  },
})
