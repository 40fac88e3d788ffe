import { boolean, long, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ccnId } from '../ccn-params.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'

export const grantSagInstanceToCcn = operation({
  name: 'GrantSagInstanceToCcn',
  family: 'grants',
  about: {
    en: "Let another account's cloud connect network bind an instance of yours. One network at a time.",
    zh: '允许其他账号的云连接网绑定您的实例。同一时间只能授权给一个云连接网。',
  },
  source: 'Smartag 2018-03-13, GrantSagInstanceToCcn',
  access: { action: 'smartag:GrantSagInstanceToCcn', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required('SAG.InstanceIdEmpty'),
    CcnInstanceId: ccnId.required('CCN.InvalidId'),
    CcnUid: long()
      .required('CCN.InvalidUid')
      .invalid('CCN.InvalidUid')
      .example('1210123456123456')
      .about('The account the network belongs to.', '云连接网所属的账号。'),
    GrantTrafficService: boolean()
      .default(false)
      .example('true')
      .about('Also let it use the traffic service of the instance.', '是否同时授权使用实例的流量服务。'),
    ...ownerParams,
  },

  errors: {
    // Not sent or no number; then an account the network does not belong to.
    'CCN.InvalidUid': [400, 'The specified CCN user ID is invalid.', '非法的云连接网用户ID。'],
    'CCN.InvalidId': [400, 'You must specify the CCN instance ID.', '云连接网实例ID不存在。'],
    'SAG.InstanceIdEmpty': [400, 'You must specify the SAG instance ID.', '智能网关实例ID为空。'],
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能网关实例不存在。'],
    'SAG.GrantDuplicated': [
      400,
      'You have authorized another CCN instance to bind to the specified SAG instance. Revoke the authorization first.',
      '当前SAG实例已经被授权给其他CCN实例，请先解除授权。',
    ],
  },

  result: { InstanceId: stringField },

  async run({ caller, fleet, networks, ids, now, fail }, params) {
    const { SmartAGId, CcnInstanceId, CcnUid } = params
    const ccn = await networks.ccn(CcnInstanceId)
    // Your own network needs no grant.
    if (CcnUid === caller.accountId || (ccn?.accountId ?? CcnUid) !== CcnUid) throw fail('CCN.InvalidUid')
    if (ccn === undefined || ccn.regionId !== params.RegionId) throw fail('CCN.InvalidId')
    const instance = await fleet.instance(caller.accountId, params.RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    if (await networks.isGranted(instance.id)) throw fail('SAG.GrantDuplicated')

    const id = ids.withPrefix('sgc-')
    await networks.grant({
      id,
      instanceId: instance.id,
      ccnId: ccn.id,
      ccnAccountId: ccn.accountId,
      trafficService: params.GrantTrafficService,
      createdAt: now,
    })
    return { InstanceId: id }
  },
})
