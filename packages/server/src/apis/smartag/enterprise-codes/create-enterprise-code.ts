import { ignored, text } from '../../../declare/index.ts'
import { enterpriseCode } from '../../../model/client-user.ts'
import { operation } from '../../operation.ts'
import { regionId } from '../common-params.ts'

export const createEnterpriseCode = operation({
  name: 'CreateEnterpriseCode',
  family: 'enterprise-codes',
  about: {
    en: 'Add an enterprise code, by which clients find the service. It is matched without case and unique in the whole system.',
    zh: '新建企业码，客户端通过企业码找到服务。企业码不区分大小写，全系统唯一。',
  },
  source: 'Smartag 2018-03-13, CreateEnterpriseCode',
  access: {
    action: 'smartag:CreateEnterpriseCode',
    level: 'Write',
    printed: 'create',
    resource: 'enterprisecode/*',
    dependent: [],
  },
  transaction: 'write',

  params: {
    RegionId: regionId.about('The region.', '地域。'),
    EnterpriseCode: text()
      .required()
      .matches(enterpriseCode)
      .example('12P34')
      .about('Five letters and digits, at least one of each.', '5 位字母和数字，至少各包含一个。'),
    ClientToken: ignored('string').about(
      'Accepted and not used: the call may be repeated without harm.',
      '接受但不使用：重复调用没有副作用。',
    ),
  },

  errors: {
    'EnterpriseCode.BeenOccupied': [
      400,
      'The specified enterprise code is occupied by other enterprises.',
      '企业码被其他企业占用。',
    ],
  },

  result: {},

  async run({ caller, enterpriseCodes, now, fail }, { EnterpriseCode }) {
    const present = await enterpriseCodes.code(EnterpriseCode)
    // The caller's own already: what was asked for holds (C).
    if (present?.accountId === caller.accountId) return {}
    if (present !== undefined) throw fail('EnterpriseCode.BeenOccupied')
    await enterpriseCodes.add({ shown: EnterpriseCode, accountId: caller.accountId, isDefault: false }, now)
    return {}
  },
})
