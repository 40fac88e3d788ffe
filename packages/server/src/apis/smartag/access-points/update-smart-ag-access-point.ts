import { integer } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'
import { noCodeOfItsOwn } from '../restart.ts'

export const updateSmartAgAccessPoint = operation({
  name: 'UpdateSmartAGAccessPoint',
  family: 'access-points',
  about: {
    en: 'Move an instance to a point of presence: its gateways send by that one while they reach it, and by the other one otherwise.',
    zh: '将实例移到某接入点：网关可达该接入点时通过它发送，否则通过另一个接入点发送。',
  },
  source: 'Smartag 2018-03-13, UpdateSmartAGAccessPoint',
  access: { action: 'smartag:UpdateSmartAGAccessPoint', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    AccessPointId: integer()
      .required()
      .invalid('InvalidParameter')
      .example('1')
      .about('The point, as ListAccessPoints has it.', 'ListAccessPoints 返回的接入点 ID。'),
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceNoFound': [
      400,
      'The specified SAG instance does not exist.',
      '智能接入网关实例不存在。',
      noCodeOfItsOwn,
    ],
    // There is no such point.
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。', noCodeOfItsOwn],
  },

  result: {},

  async run({ caller, fleet, accessPoints, fail }, { RegionId, SmartAGId, AccessPointId }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    // A SAG APP instance has no gateway that could prefer one.
    if (instance === undefined || instance.kind === 'app') throw fail('SAG.InstanceNoFound')
    const pop = (await accessPoints.all()).find(({ number }) => number === AccessPointId)
    if (pop === undefined) throw fail('InvalidParameter')
    await accessPoints.move(instance.id, pop.serial)
    return {}
  },
})
