import { boolean, ignored, text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { regionId } from '../common-params.ts'

export const updateEnterpriseCode = operation({
  name: 'UpdateEnterpriseCode',
  family: 'enterprise-codes',
  about: {
    en: 'Make an enterprise code the default one of the account, or no longer. A new SAG APP instance gets the default one.',
    zh: '将企业码设为或取消账号的默认企业码。新购买的 APP 实例使用默认企业码。',
  },
  source: 'Smartag 2018-03-13, UpdateEnterpriseCode',
  access: {
    action: 'smartag:UpdateEnterpriseCode',
    level: 'Write',
    resource: 'enterprisecode/{EnterpriseCode}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    RegionId: regionId.about('The region.', '地域。'),
    EnterpriseCode: text()
      .required()
      .example('12P34')
      .about('A code of the account, whatever its case.', '账号的企业码，不区分大小写。'),
    IsDefault: boolean()
      .required()
      .example('true')
      .about(
        'Whether it is to be the default one. The one that was it is it no longer then.',
        '是否设为默认企业码。设置后，原默认企业码不再是默认企业码。',
      ),
    ClientToken: ignored('string').about(
      'Accepted and not used: the call may be repeated without harm.',
      '接受但不使用：重复调用没有副作用。',
    ),
  },

  errors: {
    'EnterpriseCode.NotExist': [400, 'The specified enterprise code does not exist.', '企业码不存在。'],
  },

  result: {},

  async run({ caller, enterpriseCodes, fail }, { EnterpriseCode, IsDefault }) {
    const code = await enterpriseCodes.code(EnterpriseCode)
    if (code?.accountId !== caller.accountId) throw fail('EnterpriseCode.NotExist')
    await enterpriseCodes.setDefault(code, IsDefault)
    return {}
  },
})
