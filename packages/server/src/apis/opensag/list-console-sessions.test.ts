import { expect, test } from 'vitest'
import type { Caller } from '../../access/caller.ts'
import { accountId, type Harness, otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { change } from '../testing/networks.suite.ts'
import { createConsoleSession } from './create-console-session.ts'
import { listConsoleSessions as operation } from './list-console-sessions.ts'

const user = (userName: string, userId: string): Caller => ({
  kind: 'RAMUser',
  accountId,
  accessKeyId: `LTAI5tKeyOf${userName}`,
  userId,
  userName,
})
const alice = user('alice', '1')
const bob = user('bob', '2')

/** A session of each caller, the id of it. */
async function begin(world: Harness, caller: Caller): Promise<string> {
  const before = world.caller
  world.caller = caller
  const { Credentials } = (await world.call(createConsoleSession)) as { Credentials: { AccessKeyId: string } }
  world.caller = before
  world.wallNow += 1000
  return Credentials.AccessKeyId
}

async function settle(world: Harness): Promise<void> {
  await change(world, async ({ ram }) => {
    for (const [id, name] of [
      ['1', 'alice'],
      ['2', 'bob'],
    ] as const)
      await ram.users.add({ id, accountId, name, createdAt: 0 })
  })
  await world.store.write(async (tx) => {
    for (const caller of [world.caller, alice, bob, { ...world.caller, accessKeyId: 'LTAI5tOther' }])
      await tx
        .insertInto('access_key')
        .values({
          id: caller.accessKeyId,
          account_id: caller.accessKeyId === 'LTAI5tOther' ? otherAccountId : accountId,
          user_id: caller.kind === 'RAMUser' ? caller.userId : null,
          secret_sealed: '',
          status: 'Active',
          created_at: 0,
        })
        .execute()
  })
}

testOperation(operation, (world) => {
  const listed = async (params: Readonly<Record<string, string>> = {}) =>
    (await world().call(operation, params)) as {
      readonly Sessions: readonly Readonly<Record<string, unknown>>[]
      readonly NextToken?: string
    }
  const ids = async (params?: Readonly<Record<string, string>>) =>
    (await listed(params)).Sessions.map(({ SessionId }) => SessionId)

  test('a user is shown sessions of its own, the newest first, and nothing that opens one', async () => {
    await settle(world())
    const first = await begin(world(), alice)
    const second = await begin(world(), alice)
    await begin(world(), bob)
    await begin(world(), world().caller)
    world().caller = { ...alice, accessKeyId: second }
    const { Sessions } = await listed()
    expect(Sessions).toEqual([
      {
        SessionId: second,
        UserName: 'alice',
        CreateDate: '2024-01-31T12:00:01Z',
        ExpirationDate: '2024-01-31T20:00:01Z',
        SourceIp: '192.0.2.1',
        Browser: 'Other',
        MFAPresent: false,
        LogonMethod: 'AccessKey',
        IsCurrent: true,
      },
      expect.objectContaining({ SessionId: first, IsCurrent: false }),
    ])
  })

  test('the account itself is shown its own, and all of its users’ when asked; none of another account', async () => {
    await settle(world())
    const own = await begin(world(), world().caller)
    const other = await begin(world(), alice)
    await begin(world(), { kind: 'Account', accountId: otherAccountId, accessKeyId: 'LTAI5tOther' })
    expect(await ids()).toEqual([own])
    expect(await ids({ AllUsers: 'true' })).toEqual([other, own])
  })

  test('Forbidden for a user who asks for all and has no right to, with the action that is missing', async () => {
    const refusal = await world().denied(operation, { AllUsers: 'true' })
    expect(refusal).toMatchObject({
      code: 'Forbidden',
      status: 403,
      accessDenied: { AuthAction: 'opensag:ManageConsoleSessions', AuthResource: '*' },
    })
    expect(await world().denied(operation, { AllUsers: 'false' })).toBeUndefined()
  })

  test('what has expired, has lost its key or its user, or is of a role is not listed', async () => {
    await settle(world())
    const kept = await begin(world(), alice)
    const lost = await begin(world(), bob)
    await world().store.write(async (tx) => {
      await tx.deleteFrom('access_key').where('id', '=', bob.accessKeyId).execute()
    })
    expect(await ids({ AllUsers: 'true' })).toEqual([kept])
    await world().store.write(async (tx) => {
      await tx.updateTable('sts_session').set({ role_id: '7', session_name: 'x' }).where('id', '=', kept).execute()
    })
    expect(await ids({ AllUsers: 'true' })).toEqual([])
    await world().store.write(async (tx) => {
      await tx.updateTable('sts_session').set({ role_id: null }).where('id', '=', kept).execute()
    })
    world().wallNow += 8 * 60 * 60 * 1000
    expect(await ids({ AllUsers: 'true' })).toEqual([])
    expect(lost).toMatch(/^STS\./)
  })

  test('is told part by part; sessions of the same moment come once each', async () => {
    await settle(world())
    const begun: string[] = []
    for (let n = 0; n < 5; n++) {
      begun.push(await begin(world(), alice))
      if (n < 3) world().wallNow -= 1000
    }
    const seen: unknown[] = []
    let token: string | undefined
    do {
      const more: Readonly<Record<string, string>> = token === undefined ? {} : { NextToken: token }
      const part = await listed({ AllUsers: 'true', MaxResults: '2', ...more })
      seen.push(...part.Sessions.map(({ SessionId }) => SessionId))
      token = part.NextToken
    } while (token !== undefined)
    expect([...seen].sort()).toEqual([...begun].sort())
    expect(seen[0]).toBe(begun[4])
  })

  test('a role has none', async () => {
    world().caller = {
      kind: 'AssumedRole',
      accountId,
      accessKeyId: 'STS.x',
      roleId: '3',
      roleName: 'r',
      sessionName: 's',
    }
    expect(await ids()).toEqual([])
  })
})
