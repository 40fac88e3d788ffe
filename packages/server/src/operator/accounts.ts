import { isWritable } from '@opensag/rules'
import { z } from 'zod'
import { createAccessKey, createAccount } from '../store/access/keys.ts'
import { listAccounts } from '../store/accounts.ts'
import type { Reader } from '../store/store.ts'
import { command, OperatorRefusal } from './command.ts'

export const accountList = command({
  name: 'account list',
  about: 'List every account.',
  input: z.object({}),
  async run({ store }) {
    const accounts = await store.read(listAccounts)
    return accounts.map(({ id, name, createdAt }) => ({
      accountId: id,
      name,
      created: new Date(createdAt).toISOString(),
    }))
  },
})

export const accountCreate = command({
  name: 'account create',
  about: 'Create an account with a key pair. The secret is shown once.',
  input: z.object({
    name: z.string().min(1).max(128).refine(isWritable, 'a name has no control characters').describe('Display name'),
  }),
  positional: ['name'],
  makes: ['accountId', 'accessKeyId'],
  async run({ store, sealer, wallClock, random }, { name }) {
    const account = await store.write((tx) => createAccount(tx, sealer, { name, now: wallClock(), random }))
    return { ...account, accessKeySecret: account.accessKeySecret.reveal() }
  },
})

export const accountKey = command({
  name: 'account key',
  about:
    'Create another key pair for an account, e.g. when the first is lost. The secret is shown once. Existing keys stay active.',
  input: z.object({
    accountId: z
      .string()
      .regex(/^\d{16}$/, 'an account id has 16 digits')
      .describe('Account id'),
  }),
  positional: ['accountId'],
  makes: ['accessKeyId'],
  async run({ store, sealer, wallClock, random }, { accountId }) {
    const pair = await store.write(async (tx) => {
      await existingAccount(tx, accountId)
      return createAccessKey(tx, sealer, { accountId, now: wallClock(), random })
    })
    return { accountId, ...pair, accessKeySecret: pair.accessKeySecret.reveal() }
  },
})

/** @throws OperatorRefusal when there is no such account */
export async function existingAccount(db: Reader, id: string): Promise<void> {
  const account = await db.selectFrom('account').select('id').where('id', '=', id).executeTakeFirst()
  if (account === undefined) throw new OperatorRefusal(`The account ${id} does not exist.`)
}
