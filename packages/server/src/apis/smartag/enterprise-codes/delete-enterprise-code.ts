import { ignored, text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { regionId } from '../common-params.ts'

export const deleteEnterpriseCode = operation({
  name: 'DeleteEnterpriseCode',
  family: 'enterprise-codes',
  about: {
    en: 'Delete an enterprise code of the account that no instance has. Whoever wants it may then have it.',
    zh: '删除账号的一个未被实例使用的企业码。删除后，其他账号可以使用该企业码。',
  },
  source: 'Smartag 2018-03-13, DeleteEnterpriseCode',
  access: { action: 'smartag:DeleteEnterpriseCode', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId.about('The region.', '地域。'),
    EnterpriseCode: text()
      .required()
      .example('12P34')
      .about('A code of the account, whatever its case.', '账号的企业码，不区分大小写。'),
    ClientToken: ignored('string').about(
      'Accepted and not used: what is deleted once is not there the second time.',
      '接受但不使用：重复删除时，企业码已不存在。',
    ),
  },

  errors: {
    'EnterpriseCode.BeingUsed': [400, 'The specified enterprise code is being used.', '企业码正在被使用。'],
    'EnterpriseCode.DeleteLimit': [
      400,
      'The specified default enterprise code cannot be deleted.',
      '默认企业码不能删除。',
    ],
    'EnterpriseCode.NotExist': [400, 'The specified enterprise code does not exist.', '企业码不存在。'],
  },

  result: {},

  async run({ caller, enterpriseCodes, fail }, { EnterpriseCode }) {
    const code = await enterpriseCodes.code(EnterpriseCode)
    if (code?.accountId !== caller.accountId) throw fail('EnterpriseCode.NotExist')
    if (await enterpriseCodes.isUsed(code)) throw fail('EnterpriseCode.BeingUsed')
    if (code.isDefault) throw fail('EnterpriseCode.DeleteLimit')
    await enterpriseCodes.remove(code)
    return {}
  },
})
