import { text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { badName, rows } from '../error-rows.ts'
import { existingKey } from '../find-or-refuse.ts'
import { accessKeyId, ownerName } from '../params.ts'

export const updateAccessKey = operation({
  name: 'UpdateAccessKey',
  family: 'access-keys',
  about: {
    en: 'Make an access key active or inactive, from the next request on.',
    zh: '启用或禁用 AccessKey，从下一个请求起生效。',
  },
  source: 'Ram 2015-05-01, UpdateAccessKey',
  access: {
    action: 'ram:UpdateAccessKey',
    level: 'Write',
    resource: 'acs:ram:*:{account}:user/{UserName}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    UserName: ownerName,
    UserAccessKeyId: accessKeyId.required(),
    Status: text()
      .required()
      .oneOf('Active', 'Inactive')
      .example('Inactive')
      .about('`Active` or `Inactive`.', '`Active`（启用）或 `Inactive`（禁用）。'),
  },

  errors: { ...badName('UserName'), ...rows('EntityNotExist.User', 'EntityNotExist.User.AccessKey') },

  result: {},

  async run(context, params) {
    await context.ram.keys.setStatus(await existingKey(context, params), params.Status)
    return {}
  },
})
