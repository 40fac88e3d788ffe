import type { PointQuality } from '@opensag/protocol'
import { direct, integerField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'
import { noTable } from '../no-table.ts'

export const listAccessPointNetworkQualities = operation({
  name: 'ListAccessPointNetworkQualities',
  family: 'access-points',
  about: {
    en: 'List loss and latency (ms) between an instance and points of presence, as its gateways measured them last. A point that none has measured is left out.',
    zh: '查询实例的网关最近一次测得的到各接入点的丢包率与时延（毫秒）。没有测量过的接入点不返回。',
  },
  source: 'Smartag 2018-03-13, ListAccessPointNetworkQualities',
  access: { action: 'smartag:ListAccessPointNetworkQualities', level: 'List', resource: '*', dependent: [] },
  transaction: 'read',

  params: { RegionId: regionId, SmartAGId: smartAgId.required(), ...ownerParams },

  errors: {
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能接入网关实例不存在。', noTable],
  },

  result: { AccessPointNetworkQualities: direct({ Id: integerField, Loss: stringField, Rtt: stringField }) },

  async run({ caller, fleet, accessPoints, fail }, { RegionId, SmartAGId }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined || instance.kind === 'app') throw fail('SAG.InstanceNoFound')
    const measured = await accessPoints.quality(instance.devices.map(({ serial }) => serial))
    const newest = newestOf([...measured.values()].flat())
    return {
      AccessPointNetworkQualities: (await accessPoints.all()).flatMap(({ number, endpoint }) => {
        const quality = newest.get(endpoint)
        return quality === undefined ? [] : [{ Id: number, ...shown(quality) }]
      }),
    }
  },
})

/** By address. What a gateway could not send says nothing of the way. */
function newestOf(all: readonly PointQuality[]): ReadonlyMap<string, PointQuality> {
  const newest = new Map<string, PointQuality>()
  for (const one of all) {
    if (one.sent > 0 && one.at >= (newest.get(one.address)?.at ?? 0)) newest.set(one.address, one)
  }
  return newest
}

function shown({ sent, answered, ms }: PointQuality) {
  const Loss = `${((1 - answered / sent) * 100).toFixed(2)}%`
  return ms === undefined ? { Loss } : { Loss, Rtt: ms.toFixed(2) }
}
