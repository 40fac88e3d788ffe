import { expect, test } from 'vitest'
import { createRepositories } from '../../store/repositories.ts'
import { otherAccountId, regionId, testOperation } from '../testing/harness.suite.ts'
import { listClientSessions as operation } from './list-client-sessions.ts'

testOperation(operation, (world) => {
  const app = { kind: 'app', spec: 'sag-software' } as const

  test('who is logged on is shown, with address, time, source and terminal', async () => {
    const id = await world().addInstance(app)
    expect((await world().call(operation, { RegionId: regionId, SmartAGId: id }))['Sessions']).toEqual([])
    await world().store.write(async (tx) => {
      const { remoteUsers } = createRepositories(tx)
      await remoteUsers.addUser({
        instanceId: id,
        name: 'li.na',
        mail: 'li.na@example.com',
        bandwidth: 2000,
        clientIp: undefined,
        passwordHash: 'hash',
        createdAt: 0,
      })
      await tx
        .insertInto('client_session')
        .values({
          id: 'session-1',
          instance_id: id,
          user_name: 'li.na',
          address: 0x0a080005,
          online_at: 5,
          last_seen_at: 6,
          token_hash: 'token hash',
          terminal: 'laptop',
          source: '192.0.2.1',
        })
        .execute()
    })
    expect((await world().call(operation, { RegionId: regionId, SmartAGId: id }))['Sessions']).toEqual([
      {
        UserName: 'li.na',
        ClientIp: '10.8.0.5',
        OnlineTime: 5,
        LastSeenTime: 6,
        Terminal: 'laptop',
        SourceIp: '192.0.2.1',
      },
    ])
  })

  test('400/SAG.InstanceNoFound: not there, another account’s, or no SAG APP', async () => {
    const foreign = await world().addInstance({ ...app, accountId: otherAccountId })
    const hardware = await world().addInstance()
    for (const id of ['sag-none', foreign, hardware]) {
      expect(await world().refused(operation, { RegionId: regionId, SmartAGId: id })).toBe('SAG.InstanceNoFound')
    }
  })
})
