import { operation } from '../../operation.ts'
import { anyRegionId, ccnId } from '../ccn-params.ts'
import { cenId } from '../cen-params.ts'

export const detachCcnInstanceFromCen = operation({
  name: 'DetachCcnInstanceFromCen',
  family: 'ccn',
  about: {
    en: 'Detach a cloud connect network from its CEN. Members stay members, backed up leased lines included.',
    zh: '将云连接网从云企业网卸载。成员及专线备份关系保持不变。',
  },
  source: 'Smartag 2018-03-13, DetachCcnInstanceFromCen',
  access: { action: 'smartag:DetachCcnInstanceFromCen', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: anyRegionId,
    CcnId: ccnId,
    CenId: cenId.example('cen-9j8gkkj7z9vie9a8z9').about('The CEN it is attached to.', '已加载的云企业网实例的 ID。'),
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
    NotBoundCEN: [
      400,
      'Bind the specified CCN instance to a CEN instance first.',
      '当前CCN实例还未绑定CEN，请先绑定。',
      {
        en: 'No table is published for this operation; UnbindVbr has this code for a network that is not attached.',
        zh: '该操作没有公开的错误码表，采用 UnbindVbr 中“云连接网未绑定云企业网”的错误码。',
      },
    ],
  },

  result: {},

  async run({ caller, networks, fail }, { RegionId, CcnId, CenId }) {
    if (CcnId === undefined || CenId === undefined) throw fail('MissingParameter')
    const ccn = await networks.ccn(CcnId)
    // Either side may end it: the owner of the network, and the owner of the CEN it is in.
    const mayDetach = ccn?.accountId === caller.accountId || ccn?.cenOwnerId === caller.accountId
    if (ccn === undefined || !mayDetach || (RegionId ?? ccn.regionId) !== ccn.regionId) throw fail('InvalidId.CCN')
    if (ccn.cenId !== CenId) throw fail('NotBoundCEN')
    await networks.detachFromCen(ccn.id)
    return {}
  },
})
