import { overlaps } from '@opensag/rules'
import { userName } from '../../../model/client-user.ts'
import { operation } from '../../operation.ts'
import { appId, clientUserName, ownerParams, regionId } from '../common-params.ts'

export const roamClientUser = operation({
  name: 'RoamClientUser',
  family: 'client-users',
  about: {
    en: 'Copy an account, with its password, to a SAG APP instance elsewhere. The pools of both instances must not overlap, now or later. An account with a fixed address cannot roam: the address is of one pool only.',
    zh: '将账号连同密码复制到其他地域的 APP 实例。两个实例的私网地址段不得重叠（之后修改时同样如此）。使用固定地址的账号不能漫游，因为该地址仅属于一个地址段。',
  },
  source: 'Smartag 2018-03-13, RoamClientUser',
  access: { action: 'smartag:RoamClientUser', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId.about('The region of the instance it is copied to.', '目标实例所在的地域。'),
    TargetSmartAGId: appId
      .required()
      .example('sag-ghwa10ko6ndwug0000')
      .about('The SAG APP instance it is copied to.', '目标 APP 实例的 ID。'),
    OriginRegionId: regionId
      .example('ap-southeast-1')
      .about('The region of the instance it is copied from.', '源实例所在的地域。'),
    OriginSmartAGId: appId
      .required()
      .example('sag-m9uhqekwnqcnyy0000')
      .about('The SAG APP instance it is copied from.', '源 APP 实例的 ID。'),
    UserName: clientUserName.required().invalid('ClientUser.NameInvalid').matches(userName),
    ...ownerParams,
  },

  errors: {
    // The form of the name stands here; an account that is not there answers the same code where it is looked up (C).
    'ClientUser.NameInvalid': [400, 'The specified UserName is invalid.', '用户名格式非法。'],
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能网关实例不存在。'],
    'ClientUser.NotSupportAction': [
      400,
      'You cannot create a user in the current SAG instance.',
      '当前智能网关实例不支持创建客户端用户。',
    ],
    'SAG.CidrEmpty': [400, 'You must specify the CIDR blocks of SAG.', '智能网关地址段为空。'],
    'SAG.CidrOverlap': [400, 'The specified CIDR overlaps with an existing CIDR.', '存在重叠私网地址段。'],
    'ClientUser.BandwidthInvalid': [400, 'The specified Bandwidth is invalid.', '用户带宽非法。'],
    'ClientUser.InvalidClientIp': [400, 'The specified ClientIp is invalid.', '非法的用户IP'],
    'ClientUser.UserExist': [400, 'The specified user already exists.', '用户已经存在。'],
    'ClientUser.UserOverLimit': [400, 'The maximum number of users is exceeded.', '用户数已超限'],
  },

  result: {},

  async run(context, { RegionId, TargetSmartAGId, OriginRegionId, OriginSmartAGId, UserName }) {
    const { caller, fleet, remoteUsers, addresses, now, fail } = context
    const origin = await fleet.instance(caller.accountId, OriginRegionId, OriginSmartAGId)
    const target = await fleet.instance(caller.accountId, RegionId, TargetSmartAGId)
    if (origin === undefined || target === undefined) throw fail('SAG.InstanceNoFound')
    if (origin.kind !== 'app' || target.kind !== 'app') throw fail('ClientUser.NotSupportAction')
    const user = await remoteUsers.user(origin.id, UserName)
    if (user === undefined) throw fail('ClientUser.NameInvalid')

    const [from, to] = [await addresses.cidrs(origin.id), await addresses.cidrs(target.id)]
    if (from.length === 0 || to.length === 0) throw fail('SAG.CidrEmpty')
    if (from.some((one) => to.some((other) => overlaps(one, other)))) throw fail('SAG.CidrOverlap')
    if (user.clientIp !== undefined) throw fail('ClientUser.InvalidClientIp')
    if ((await remoteUsers.user(target.id, UserName)) !== undefined) throw fail('ClientUser.UserExist')
    if ((await remoteUsers.countUsers(target.id)) >= (target.userCount ?? 0)) throw fail('ClientUser.UserOverLimit')

    await remoteUsers.roamUser({ name: UserName, from: origin.id, to: target.id, at: now })
    return {}
  },
})
