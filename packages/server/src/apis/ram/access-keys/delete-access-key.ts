import { operation } from '../../operation.ts'
import { badName, rows } from '../error-rows.ts'
import { existingKey } from '../find-or-refuse.ts'
import { accessKeyId, ownerName } from '../params.ts'

export const deleteAccessKey = operation({
  name: 'DeleteAccessKey',
  family: 'access-keys',
  about: {
    en: 'Delete an access key, in whatever state: requests signed with it are refused from the next one on.',
    zh: '删除 AccessKey，无论其状态如何。从下一个请求起，使用该 AccessKey 签名的请求将被拒绝。',
  },
  source: 'Ram 2015-05-01, DeleteAccessKey',
  access: {
    action: 'ram:DeleteAccessKey',
    level: 'Write',
    resource: 'acs:ram:*:{account}:user/{UserName}',
    dependent: [],
  },
  transaction: 'write',

  params: { UserName: ownerName, UserAccessKeyId: accessKeyId.required() },

  errors: { ...badName('UserName'), ...rows('EntityNotExist.User', 'EntityNotExist.User.AccessKey') },

  result: {},

  async run(context, params) {
    await context.ram.keys.remove(await existingKey(context, params))
    return {}
  },
})
