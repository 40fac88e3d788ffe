import { direct, integer, integerField, stringField } from '../../../declare/index.ts'
import { onPage } from '../../../model/on-page.ts'
import { statusOf } from '../../../model/status.ts'
import { operation } from '../../operation.ts'
import { ownerParams, pageNumber, regionId, smartAgId } from '../common-params.ts'
import { preferredPoints } from './preferred-points.ts'

export const listAccessPoints = operation({
  name: 'ListAccessPoints',
  family: 'access-points',
  about: {
    en: 'List the points of presence, with how many instances of the account in the region prefer each of them.',
    zh: '查询接入点，以及该地域内账号优先使用各接入点的实例数量。',
  },
  source: 'Smartag 2018-03-13, ListAccessPoints',
  access: { action: 'smartag:ListAccessPoints', level: 'List', resource: '*', dependent: [] },
  transaction: 'listing',

  params: {
    RegionId: regionId.about('The region of the instances.', '实例所在的地域。'),
    SmartAGId: smartAgId.about(
      'Only the one that this instance prefers. One without a network prefers none.',
      '仅返回该实例优先使用的接入点。未接入网络的实例没有接入点。',
    ),
    PageNumber: pageNumber,
    PageSize: integer()
      .range(1, 50)
      .default(20)
      .example('20')
      .about('Points on a page, up to 50.', '每页数量，最大 50。'),
    ...ownerParams,
  },

  // The published table is empty: parameters are answered by the front door.
  errors: {},

  result: {
    AccessPoints: direct({
      AccessPointId: integerField,
      ActiveSmartAGCount: integerField,
      InactiveSmartAGCount: integerField,
      Latitude: stringField,
      Longitude: stringField,
    }),
    TotalCount: integerField,
  },

  async run({ caller, fleet, unit, now }, { RegionId, SmartAGId, PageNumber, PageSize }) {
    const preferred = await preferredPoints({ caller, unit }, RegionId)
    const own = SmartAGId === undefined ? undefined : (preferred.get(SmartAGId) ?? '')
    const all = await unit.read(({ accessPoints }) => accessPoints.all())
    const pops = all.filter(({ serial }) => (own ?? serial) === serial)
    const counts = new Map(pops.map(({ serial }) => [serial, { active: 0, inactive: 0 }]))
    // Counted as they pass: of very many none is kept.
    await fleet.instances({ accountId: caller.accountId, regionId: RegionId }, undefined, (instance) => {
      const here = counts.get(preferred.get(instance.id) ?? '')
      if (here !== undefined) here[statusOf(instance, now) === 'Active' ? 'active' : 'inactive'] += 1
      return false
    })
    return {
      TotalCount: pops.length,
      AccessPoints: onPage(pops, PageNumber, PageSize).map(({ serial, number }) => {
        const { active = 0, inactive = 0 } = counts.get(serial) ?? {}
        return { AccessPointId: number, ActiveSmartAGCount: active, InactiveSmartAGCount: inactive }
      }),
    }
  },
})
