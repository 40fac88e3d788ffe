import { stringField, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { date } from '../answers.ts'
import { badName, rows } from '../error-rows.ts'
import { keyOwner } from '../find-or-refuse.ts'
import { ownerName } from '../params.ts'

export const listAccessKeys = operation({
  name: 'ListAccessKeys',
  family: 'access-keys',
  about: {
    en: 'List the access keys of a RAM user or of the account itself, oldest first; never their secrets.',
    zh: '查询 RAM 用户或主账号的 AccessKey，按创建时间排序，不返回 AccessKeySecret。',
  },
  source: 'Ram 2015-05-01, ListAccessKeys',
  access: {
    action: 'ram:ListAccessKeys',
    level: 'List',
    resource: 'acs:ram:*:{account}:user/{UserName}',
    dependent: [],
  },
  transaction: 'read',

  params: { UserName: ownerName },

  errors: { ...badName('UserName'), ...rows('EntityNotExist.User') },

  result: {
    AccessKeys: wrapped('AccessKey', { AccessKeyId: stringField, Status: stringField, CreateDate: stringField }),
  },

  async run(context, { UserName }) {
    const keys = await context.ram.keys.keysOf(await keyOwner(context, UserName))
    return {
      AccessKeys: keys.map(({ id, status, createdAt }) => ({
        AccessKeyId: id,
        Status: status,
        CreateDate: date(createdAt),
      })),
    }
  },
})
