import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { testInWorld } from '../apis/testing/harness.suite.ts'
import { createSealer } from '../sealing/sealing.ts'
import { createAccount, type NewAccount } from '../store/access/keys.ts'
import { accountKey } from './accounts.ts'
import { type OperatorContext, OperatorRefusal } from './command.ts'
import { keyDelete, keyDisable, keyEnable, keyList } from './keys.ts'

testInWorld('access keys, for the operator', (world) => {
  const sealer = createSealer(randomBytes(32))
  const context = (): OperatorContext =>
    ({ store: world().store, sealer, wallClock: () => 5, random: randomBytes }) as unknown as OperatorContext
  const newAccount = (): Promise<NewAccount> =>
    world().store.write((tx) => createAccount(tx, sealer, { name: 'test', now: 0, random: randomBytes }))

  test('are listed with their owner, their status and their last use', async () => {
    const { accountId, accessKeyId } = await newAccount()
    await newAccount()
    await world().store.write((tx) =>
      tx.updateTable('access_key').set({ last_used_at: 60_000 }).where('id', '=', accessKeyId).execute(),
    )
    expect(await keyList.run(context(), { account: accountId })).toEqual([
      {
        accessKeyId,
        accountId,
        user: null,
        status: 'Active',
        created: '1970-01-01T00:00:00.000Z',
        lastUsed: '1970-01-01T00:01:00.000Z',
      },
    ])
    expect(await keyList.run(context(), {})).toHaveLength(2)
  })

  test('are disabled and enabled, which raises the epoch of the account', async () => {
    const { accountId, accessKeyId } = await newAccount()
    const facts = async () => {
      const [key] = (await keyList.run(context(), { account: accountId })) as readonly { status: string }[]
      const row = await world().store.read((db) =>
        db.selectFrom('account').select('access_epoch').where('id', '=', accountId).executeTakeFirstOrThrow(),
      )
      return [key?.status, row.access_epoch]
    }
    await keyDisable.run(context(), { accessKeyId })
    expect(await facts()).toEqual(['Inactive', 1])
    await keyEnable.run(context(), { accessKeyId })
    expect(await facts()).toEqual(['Active', 2])
  })

  test('a lost key is replaced: another one is made, and the old one deleted', async () => {
    const { accountId, accessKeyId } = await newAccount()
    await expect(keyDelete.run(context(), { accessKeyId })).rejects.toThrow('only active key')
    const made = (await accountKey.run(context(), { accountId })) as { accessKeyId: string }
    await keyDelete.run(context(), { accessKeyId })
    expect(await keyList.run(context(), { account: accountId })).toMatchObject([{ accessKeyId: made.accessKeyId }])
  })

  test.each([keyDisable, keyEnable, keyDelete])('$name refuses a key that is not there', async (command) => {
    await expect(command.run(context(), { accessKeyId: 'LTAI5tNobody' })).rejects.toThrow(OperatorRefusal)
  })
})
