import { parseCidr } from '@opensag/rules'
import { text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { anyRegionId, ccnId } from '../ccn-params.ts'
import { cenId } from '../cen-params.ts'

export const attachCcnInstanceToCen = operation({
  name: 'AttachCcnInstanceToCen',
  family: 'ccn',
  about: {
    en: 'Attach a cloud connect network to a CEN, which joins it with VPCs, leased lines and other networks.',
    zh: '将云连接网加载到云企业网，与 VPC、专线及其他云连接网互通。',
  },
  source: 'Smartag 2018-03-13, AttachCcnInstanceToCen',
  access: { action: 'smartag:AttachCcnInstanceToCen', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: anyRegionId,
    CcnId: ccnId,
    CenId: cenId.example('cen-joimmi1s2ob3rdxw79'),
    Subnet: text()
      .satisfies((value) => typeof parseCidr(value) !== 'string')
      .example('172.16.55.0/24')
      .about('The network the attachment takes its own addresses from.', '加载使用的网段。'),
  },

  // Nothing is published; these are the codes its siblings have for the same.
  errors: {
    MissingParameter: [
      403,
      'The input parameter is missing, please check your input.',
      '输入参数缺失，请检查您的输入',
      {
        en: 'No table is published for this operation; DeleteCloudConnectNetwork has this code for an id that is not sent.',
        zh: '该操作没有公开的错误码表，采用 DeleteCloudConnectNetwork 中“未传入 ID”的错误码。',
      },
    ],
    'InvalidId.CCN': [
      403,
      'Invalid cloud connect network id.',
      '无效的云连接网ID',
      {
        en: 'No table is published for this operation; DeleteCloudConnectNetwork has this code for a network that is not there.',
        zh: '该操作没有公开的错误码表，采用 DeleteCloudConnectNetwork 中“云连接网不存在”的错误码。',
      },
    ],
    'AlreadyBound.CEN': [
      403,
      'This instance has been bound, please unbind first.',
      '该实例已经绑定了云企业网，请先解绑',
      {
        en: 'No table is published for this operation; DeleteCloudConnectNetwork has this code for a network that is attached.',
        zh: '该操作没有公开的错误码表，采用 DeleteCloudConnectNetwork 中“已加载到云企业网”的错误码。',
      },
    ],
  },

  result: {},

  async run({ caller, networks, fail }, { RegionId, CcnId, CenId, Subnet }) {
    if (CcnId === undefined || CenId === undefined) throw fail('MissingParameter')
    const ccn = await networks.ccn(CcnId)
    // A network belongs in a CEN of its own account, or in the one its owner granted it to: then the CEN's owner may attach it too.
    const ownerId = ccn && ((await networks.cenOwner(ccn.id, CenId)) ?? ccn.accountId)
    const mayAttach = ccn?.accountId === caller.accountId || ownerId === caller.accountId
    if (ccn === undefined || ownerId === undefined || !mayAttach || (RegionId ?? ccn.regionId) !== ccn.regionId) {
      throw fail('InvalidId.CCN')
    }
    if (ccn.cenId !== undefined && ccn.cenId !== CenId) throw fail('AlreadyBound.CEN')
    // To the same one again is no change, unless it brings a subnet.
    await networks.attachToCen(ccn.id, { cenId: CenId, ownerId, subnet: Subnet ?? ccn.subnet })
    return {}
  },
})
