import { ignored, text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { appId, regionId } from '../common-params.ts'

export const updateSmartAgEnterpriseCode = operation({
  name: 'UpdateSmartAGEnterpriseCode',
  family: 'enterprise-codes',
  about: {
    en: 'Let clients find a SAG APP instance by another enterprise code of its account.',
    zh: '更换 APP 实例的企业码，须为该账号的企业码。',
  },
  source: 'Smartag 2018-03-13, UpdateSmartAGEnterpriseCode',
  access: {
    action: 'smartag:UpdateSmartAGEnterpriseCode',
    level: 'Write',
    printed: 'update',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    RegionId: regionId.required('MissingParameter'),
    SmartAGId: appId.required('MissingParameter'),
    EnterpriseCode: text()
      .required('MissingParameter')
      .example('12P34')
      .about('A code of the account, whatever its case.', '账号的企业码，不区分大小写。'),
    ClientToken: ignored('string').about(
      'Accepted and not used: the call may be repeated without harm.',
      '接受但不使用：重复调用没有副作用。',
    ),
  },

  errors: {
    MissingParameter: [
      403,
      'The input parameter is missing, please check your input.',
      '输入参数缺失，请检查您的输入。',
    ],
    'SAG.InstanceNoFound': [
      400,
      'The specified SAG instance does not exist.',
      '智能接入网关实例不存在。',
      {
        en: 'The table has no code for an instance that is not there; the service-wide list has this one.',
        zh: '该表没有“实例不存在”的错误码，采用公共错误码列表中的错误码。',
      },
    ],
    'EnterpriseCode.NotExist': [
      400,
      'The specified enterprise code does not exist.',
      '企业码不存在。',
      {
        en: 'The table has no code for an enterprise code the account does not have; UpdateEnterpriseCode has this one.',
        zh: '该表没有“企业码不存在”的错误码，采用 UpdateEnterpriseCode 的错误码。',
      },
    ],
    'EnterpriseCode.UserNameConflict': [400, 'The specified username already exists.', '用户名冲突。'],
    InternalError: [403, 'An internal server error occurred.', '内部服务错误。'],
  },

  result: {},

  async run({ caller, fleet, enterpriseCodes, fail }, { RegionId, SmartAGId, EnterpriseCode }) {
    const app = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (app?.kind !== 'app') throw fail('SAG.InstanceNoFound')
    const code = await enterpriseCodes.code(EnterpriseCode)
    if (code?.accountId !== caller.accountId) throw fail('EnterpriseCode.NotExist')
    // Code and user name together have to find one account (S).
    if (await enterpriseCodes.hasUserLike(app.id, code)) throw fail('EnterpriseCode.UserNameConflict')

    await enterpriseCodes.setCodeOf(app.id, code)
    return {}
  },
})
