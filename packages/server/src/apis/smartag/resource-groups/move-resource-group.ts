import { text } from '../../../declare/index.ts'
import { groupedTypes } from '../../../store/resource-groups.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId } from '../common-params.ts'
import { noCodeOfItsOwn } from '../restart.ts'

export const moveResourceGroup = operation({
  name: 'MoveResourceGroup',
  family: 'resource-groups',
  about: {
    en: 'Move an instance, a network, a QoS or a flow log into a resource group. Lists show the group; that of instances can be narrowed to it.',
    zh: '将实例、云连接网、QoS 策略或流日志移入资源组。列表会返回资源组，实例列表可按资源组过滤。',
  },
  source: 'Smartag 2018-03-13, MoveResourceGroup',
  access: { action: 'smartag:MoveResourceGroup', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId.about('The region of what is moved.', '资源所在的地域。'),
    ResourceType: text()
      .required()
      .oneOf('smartag', 'smartag_s', 'acl', 'flowlog', 'qos', 'ccn', 'abwp')
      .example('smartag')
      .about(
        'What it is: an instance with gateways, a SAG APP instance (`smartag_s`), a flow log, a QoS, a network. Of `acl` and `abwp` there are none.',
        '资源类型：网关实例、APP 实例（`smartag_s`）、流日志、QoS 策略、云连接网。目前没有 `acl` 与 `abwp`。',
      ),
    ResourceId: text().required().example('sag-tq3sazs17smldn0000').about('Its ID.', '资源 ID。'),
    NewResourceGroupId: text()
      .required()
      .matches(/^rg-[a-z0-9]{1,64}$/)
      .example('rg-acfm2iu4fnc0000')
      .about('The group it is in from then on.', '目标资源组 ID。'),
    ...ownerParams,
  },

  errors: {
    // Not there, or of another account.
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。', noCodeOfItsOwn],
  },

  result: {},

  async run({ caller, resourceGroups, fail }, { RegionId, ResourceType, ResourceId, NewResourceGroupId }) {
    const type = groupedTypes.find((one) => one === ResourceType)
    const { accountId } = caller
    const isMoved =
      type !== undefined &&
      (await resourceGroups.move({ accountId, regionId: RegionId, type, id: ResourceId }, NewResourceGroupId))
    if (!isMoved) throw fail('InvalidParameter')
    return {}
  },
})
