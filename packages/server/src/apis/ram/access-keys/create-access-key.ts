import { objectField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { date } from '../answers.ts'
import { badName, rows } from '../error-rows.ts'
import { keyOwner } from '../find-or-refuse.ts'
import { limits } from '../limits.ts'
import { ownerName } from '../params.ts'

export const createAccessKey = operation({
  name: 'CreateAccessKey',
  family: 'access-keys',
  about: {
    en: 'Create an access key. Its secret is in this answer and can never be read again.',
    zh: '创建 AccessKey。AccessKeySecret 仅在本次返回中出现，之后无法再次查询。',
  },
  source: 'Ram 2015-05-01, CreateAccessKey',
  access: {
    action: 'ram:CreateAccessKey',
    level: 'Write',
    resource: 'acs:ram:*:{account}:user/{UserName}',
    dependent: [],
  },
  transaction: 'write',

  params: { UserName: ownerName },

  errors: {
    ...badName('UserName'),
    ...rows('EntityNotExist.User', 'LimitExceeded.User.AccessKey'),
  },

  result: {
    AccessKey: objectField({
      AccessKeyId: stringField,
      AccessKeySecret: stringField,
      Status: stringField,
      CreateDate: stringField,
    }),
  },

  async run(context, { UserName }) {
    const { ram, ids, now, fail } = context
    const owner = await keyOwner(context, UserName)
    const most = owner.userId === undefined ? limits.keysOfAccount : limits.keysOfUser
    if ((await ram.keys.keysOf(owner)).length >= most) throw fail('LimitExceeded.User.AccessKey')

    const pair = ids.accessKeyPair()
    await ram.keys.add(owner, pair, now)
    const AccessKey = {
      AccessKeyId: pair.accessKeyId,
      AccessKeySecret: pair.accessKeySecret.reveal(),
      Status: 'Active',
      CreateDate: date(now),
    }
    return { AccessKey }
  },
})
