import { objectField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { date } from '../answers.ts'
import { badName, rows } from '../error-rows.ts'
import { existingKey } from '../find-or-refuse.ts'
import { accessKeyId, ownerName } from '../params.ts'

export const getAccessKeyLastUsed = operation({
  name: 'GetAccessKeyLastUsed',
  family: 'access-keys',
  about: {
    en: 'Tell when an access key was last used; of a key that never was, no date is told. A use may be noted minutes late.',
    zh: '查询 AccessKey 最近一次使用的时间，从未使用过则不返回时间。记录可能有数分钟的延迟。',
  },
  source: 'Ram 2015-05-01, GetAccessKeyLastUsed',
  access: {
    action: 'ram:GetAccessKeyLastUsed',
    level: 'Read',
    resource: 'acs:ram:*:{account}:user/{UserName}',
    dependent: [],
  },
  transaction: 'read',

  params: { UserName: ownerName, UserAccessKeyId: accessKeyId.required() },

  errors: { ...badName('UserName'), ...rows('EntityNotExist.User', 'EntityNotExist.User.AccessKey') },

  result: { AccessKeyLastUsed: objectField({ LastUsedDate: stringField }) },

  async run(context, params) {
    const { lastUsedAt } = await existingKey(context, params)
    return { AccessKeyLastUsed: { LastUsedDate: lastUsedAt === undefined ? undefined : date(lastUsedAt) } }
  },
})
