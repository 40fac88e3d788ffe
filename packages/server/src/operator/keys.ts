import { z } from 'zod'
import { RamAccessKeys, type StoredAccessKey } from '../store/access/access-keys.ts'
import type { Reader, Writer } from '../store/store.ts'
import { command, OperatorRefusal } from './command.ts'

const accountId = z.string().regex(/^\d{16}$/, 'an account id has 16 digits')
const accessKeyId = z
  .string()
  .regex(/^LTAI[A-Za-z0-9]{1,60}$/, 'an access key id begins with LTAI')
  .describe('Access key id')

export const keyList = command({
  name: 'key list',
  about: 'List the access keys of accounts and their users, with the minute of last use.',
  input: z.object({ account: accountId.optional().describe('Only keys of this account') }),
  async run({ store }, { account }) {
    return store.read(async (db) => {
      let keys = db
        .selectFrom('access_key')
        .leftJoin('ram_user', 'ram_user.id', 'access_key.user_id')
        .select(['access_key.id', 'access_key.account_id', 'access_key.status', 'ram_user.name'])
        .select(['access_key.created_at', 'access_key.last_used_at'])
      if (account !== undefined) keys = keys.where('access_key.account_id', '=', account)
      const rows = await keys.orderBy('access_key.account_id').orderBy('access_key.created_at').execute()
      return rows.map((row) => ({
        accessKeyId: row.id,
        accountId: row.account_id,
        user: row.name,
        status: row.status,
        created: new Date(row.created_at).toISOString(),
        lastUsed: row.last_used_at === null ? undefined : new Date(row.last_used_at).toISOString(),
      }))
    })
  },
})

export const keyDisable = command({
  name: 'key disable',
  about: 'Disable an access key and end every session begun with it. It can be enabled again.',
  input: z.object({ accessKeyId }),
  positional: ['accessKeyId'],
  async run({ store }, { accessKeyId }) {
    return store.write(async (tx) => {
      await new RamAccessKeys(tx).setStatus(await existing(tx, accessKeyId), 'Inactive')
      return { accessKeyId, status: 'Inactive' }
    })
  },
})

export const keyEnable = command({
  name: 'key enable',
  about: 'Enable a disabled access key.',
  input: z.object({ accessKeyId }),
  positional: ['accessKeyId'],
  async run({ store }, { accessKeyId }) {
    return store.write(async (tx) => {
      await new RamAccessKeys(tx).setStatus(await existing(tx, accessKeyId), 'Active')
      return { accessKeyId, status: 'Active' }
    })
  },
})

export const keyDelete = command({
  name: 'key delete',
  about:
    'Delete an access key permanently. The only active key of an account cannot be deleted: create another one first.',
  input: z.object({ accessKeyId }),
  positional: ['accessKeyId'],
  async run({ store }, { accessKeyId }) {
    return store.write(async (tx) => {
      const keys = new RamAccessKeys(tx)
      const key = await existing(tx, accessKeyId)
      const others = (await keys.keysOf(key)).filter(({ id, status }) => id !== key.id && status === 'Active')
      if (key.userId === undefined && others.length === 0) {
        throw new OperatorRefusal(`${accessKeyId} is the only active key of the account ${key.accountId}.`)
      }
      await keys.remove(key)
      return { accessKeyId, status: 'deleted' }
    })
  },
})

async function existing(db: Reader | Writer, id: string): Promise<StoredAccessKey> {
  const row = await db
    .selectFrom('access_key')
    .select(['account_id', 'user_id'])
    .where('id', '=', id)
    .executeTakeFirst()
  const owner = row === undefined ? undefined : { accountId: row.account_id, userId: row.user_id ?? undefined }
  const key = owner === undefined ? undefined : await new RamAccessKeys(db).key(owner, id)
  if (key === undefined) throw new OperatorRefusal(`The access key ${id} does not exist.`)
  return key
}
