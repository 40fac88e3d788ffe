import { expect, test } from 'vitest'
import { accountId, otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { createConsoleSession } from './create-console-session.ts'
import { listConsoleSessions } from './list-console-sessions.ts'
import { revokeConsoleSession as operation } from './revoke-console-session.ts'

testOperation(operation, (world) => {
  async function begin(): Promise<string> {
    const { id, account_id } = { id: world().caller.accessKeyId, account_id: world().caller.accountId }
    await world().store.write(async (tx) => {
      await tx
        .insertInto('access_key')
        .values({ id, account_id, secret_sealed: '', status: 'Active', created_at: 0 })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    })
    const { Credentials } = (await world().call(createConsoleSession)) as { Credentials: { AccessKeyId: string } }
    return Credentials.AccessKeyId
  }
  const left = async () =>
    (
      (await world().call(listConsoleSessions, { AllUsers: 'true' })) as { Sessions: { SessionId: string }[] }
    ).Sessions.map(({ SessionId }) => SessionId)

  test('ends the one session that is named, and leaves the others', async () => {
    const [first, second] = [await begin(), await begin()]
    expect(await world().call(operation, { SessionId: first })).toEqual({})
    expect(await left()).toEqual([second])
  })

  test('EntityNotExist.Session for one that is over, of another account, or of a role', async () => {
    const ended = await begin()
    await world().call(operation, { SessionId: ended })
    expect(await world().refused(operation, { SessionId: ended })).toBe('EntityNotExist.Session')
    const ofRole = await begin()
    await world().store.write(async (tx) => {
      await tx.updateTable('sts_session').set({ role_id: '7', session_name: 'x' }).where('id', '=', ofRole).execute()
    })
    expect(await world().refused(operation, { SessionId: ofRole })).toBe('EntityNotExist.Session')
    const mine = world().caller
    world().caller = { kind: 'Account', accountId: otherAccountId, accessKeyId: 'LTAI5tOther' }
    const theirs = await begin()
    world().caller = mine
    expect(await world().refused(operation, { SessionId: theirs })).toBe('EntityNotExist.Session')
  })

  test('Forbidden for a session of somebody else, and it goes on', async () => {
    const SessionId = await begin()
    expect(await world().denied(operation, { SessionId })).toMatchObject({
      code: 'Forbidden',
      accessDenied: { AuthAction: 'opensag:ManageConsoleSessions' },
    })
    expect(await left()).toEqual([SessionId])
  })

  test('a user ends one of its own without any policy', async () => {
    const before = world().caller
    world().caller = { kind: 'RAMUser', accountId, accessKeyId: 'LTAI5tNobody', userId: 'nobody', userName: 'nobody' }
    await world().store.write(async (tx) => {
      await tx
        .insertInto('ram_user')
        .values({ id: 'nobody', account_id: accountId, name: 'nobody', created_at: 0, updated_at: 0 })
        .execute()
    })
    const SessionId = await begin()
    expect(await world().denied(operation, { SessionId })).toBeUndefined()
    world().caller = before
    expect(await left()).toEqual([])
  })

  test('InvalidSessionId for what is no key of a session', async () => {
    expect(await world().refused(operation, { SessionId: 'LTAI5tExample' })).toBe('InvalidSessionId')
  })
})
