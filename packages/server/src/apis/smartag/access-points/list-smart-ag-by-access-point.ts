import { direct, integer, integerField, stringField, text } from '../../../declare/index.ts'
import { statusOf } from '../../../model/status.ts'
import { operation } from '../../operation.ts'
import { ownerParams, pageNumber, pageSize, regionId } from '../common-params.ts'
import { hardwareVersion } from '../instance-view.ts'
import { preferredPoints } from './preferred-points.ts'

export const listSmartAgByAccessPoint = operation({
  name: 'ListSmartAGByAccessPoint',
  family: 'access-points',
  about: {
    en: 'List the instances of the account that prefer a point of presence, newest first.',
    zh: '查询账号优先使用某接入点的实例，最新的在前。',
  },
  source: 'Smartag 2018-03-13, ListSmartAGByAccessPoint',
  access: { action: 'smartag:ListSmartAGByAccessPoint', level: 'List', resource: '*', dependent: [] },
  transaction: 'listing',

  params: {
    RegionId: regionId.about('The region of the instances.', '实例所在的地域。'),
    AccessPointId: integer()
      .required()
      .example('1')
      .about(
        'The point, as ListAccessPoints has it. One that is not there has no instances.',
        'ListAccessPoints 返回的接入点 ID。不存在的接入点没有实例。',
      ),
    SmartAGStatus: text()
      .oneOf('Active', 'offline')
      .example('Active')
      .about(
        'Only those that are `Active`, or only those that are not (`offline`).',
        '仅返回 `Active` 的实例，或仅返回其他实例（`offline`）。',
      ),
    PageNumber: pageNumber,
    PageSize: pageSize('Instances'),
    ...ownerParams,
  },

  // The published table is empty: parameters are answered by the front door.
  errors: {},

  result: {
    SmartAccessGateways: direct({
      SmartAGId: stringField,
      SmartAGName: stringField,
      SmartAGDescription: stringField,
      SmartAGStatus: stringField,
      HardwareVersion: stringField,
      RoutingStrategy: stringField,
      AssociatedCcnId: stringField,
    }),
    TotalCount: integerField,
  },

  async run({ caller, fleet, unit, now }, params) {
    const { RegionId, AccessPointId, SmartAGStatus, PageNumber, PageSize } = params
    const pops = await unit.read(({ accessPoints }) => accessPoints.all())
    const pop = pops.find(({ number }) => number === AccessPointId)
    if (pop === undefined) return { TotalCount: 0, SmartAccessGateways: [] }
    const preferred = await preferredPoints({ caller, unit }, RegionId)
    const { instances, total } = await fleet.instances(
      { accountId: caller.accountId, regionId: RegionId },
      { number: PageNumber, size: PageSize },
      (instance) =>
        preferred.get(instance.id) === pop.serial &&
        (SmartAGStatus === undefined || (statusOf(instance, now) === 'Active') === (SmartAGStatus === 'Active')),
    )
    return {
      TotalCount: total,
      SmartAccessGateways: instances.map((instance) => ({
        SmartAGId: instance.id,
        SmartAGName: instance.name,
        SmartAGDescription: instance.description,
        SmartAGStatus: statusOf(instance, now) === 'Active' ? 'Active' : 'Offline',
        HardwareVersion: hardwareVersion(instance),
        RoutingStrategy: instance.routingStrategy,
        AssociatedCcnId: instance.ccnId,
      })),
    }
  },
})
