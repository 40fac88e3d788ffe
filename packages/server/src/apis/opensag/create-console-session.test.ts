import { expect, test } from 'vitest'
import { accountId, testOperation } from '../testing/harness.suite.ts'
import { createConsoleSession as operation } from './create-console-session.ts'

const alice = {
  kind: 'RAMUser',
  accountId,
  accessKeyId: 'LTAI5tAlicesKey000000001',
  userId: '1',
  userName: 'alice',
} as const

testOperation(operation, (world) => {
  const sessions = () => world().store.read((db) => db.selectFrom('sts_session').selectAll().execute())

  test('the account is given temporary keys that hang on the key which signs', async () => {
    expect(await world().call(operation)).toMatchObject({
      Credentials: { AccessKeyId: expect.stringMatching(/^STS\./), Expiration: '2024-01-31T20:00:00Z' },
    })
    expect(await sessions()).toMatchObject([
      { account_id: accountId, access_key_id: world().caller.accessKeyId, user_id: null, role_id: null },
    ])
  })

  test('a user is given keys of the same user', async () => {
    world().caller = alice
    await world().call(operation, { DurationSeconds: '900' })
    expect(await sessions()).toMatchObject([{ access_key_id: alice.accessKeyId, user_id: '1', role_id: null }])
  })

  test('Session.OfSession for keys that are temporary themselves', async () => {
    world().caller = { ...alice, accessKeyId: 'STS.x' }
    expect(await world().refused(operation)).toBe('Session.OfSession')
    const role = { roleId: '37', roleName: 'night-shift', sessionName: 'bob' }
    world().caller = { kind: 'AssumedRole', accountId, accessKeyId: 'STS.y', ...role }
    expect(await world().refused(operation)).toBe('Session.OfSession')
  })

  test.each(['899', '43201'])('InvalidDurationSeconds for %s', async (DurationSeconds) => {
    expect(await world().refused(operation, { DurationSeconds })).toBe('InvalidDurationSeconds')
  })
})
