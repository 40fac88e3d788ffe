import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { change } from '../../testing/networks.suite.ts'
import { addApp, addSession, addUser } from '../../testing/remote-users.suite.ts'
import { kickOutClients as operation } from './kick-out-clients.ts'

testOperation(operation, (world) => {
  function kick(SmartAGId: string, Username: string): Promise<unknown> {
    return world().call(operation, { RegionId: regionId, SmartAGId, Username })
  }

  async function online(id: string): Promise<readonly string[]> {
    const sessions = await change(world(), ({ remoteUsers }) => remoteUsers.sessionsOf(id))
    return sessions.map(({ userName }) => userName)
  }

  test('the account is no longer online, others stay', async () => {
    const id = await addApp(world())
    await addSession(world(), id, 'anna', '10.9.0.2')
    await addSession(world(), id, 'bert', '10.9.0.3')
    expect(await kick(id, 'anna')).toEqual({})
    expect(await online(id)).toEqual(['bert'])
  })

  test('only the session on that instance ends', async () => {
    const [one, other] = [await addApp(world()), await addApp(world())]
    for (const id of [one, other]) await addSession(world(), id, 'anna', '10.9.0.2')
    await kick(one, 'anna')
    expect([await online(one), await online(other)]).toEqual([[], ['anna']])
  })

  test('the end is in the connection audit when that is on', async () => {
    const id = await addApp(world())
    await world().store.write(async (tx) => {
      await tx.updateTable('instance').set({ connection_audit: 1 }).where('id', '=', id).execute()
    })
    await addSession(world(), id, 'anna', '10.9.0.2')
    await kick(id, 'anna')
    const records = await world().store.read((db) => db.selectFrom('connection_audit').selectAll().execute())
    expect(records.map(({ event, user_name, address, detail }) => [event, user_name, address, detail])).toEqual([
      ['logon', 'anna', '10.9.0.2', ''],
      ['logoff', 'anna', '10.9.0.2', 'KickedOut'],
    ])
  })

  test('an account that is not online, or not there, is nothing to end', async () => {
    const id = await addApp(world())
    await addUser(world(), id, 'anna')
    expect([await kick(id, 'anna'), await kick(id, 'nobody')]).toEqual([{}, {}])
  })

  test('ClientUser.NameEmpty: absent or blank', async () => {
    expect(await world().refused(operation, { RegionId: regionId, SmartAGId: 'sag-x' })).toBe('ClientUser.NameEmpty')
    expect(await world().refused(operation, { RegionId: regionId, SmartAGId: 'sag-x', Username: ' ' })).toBe(
      'ClientUser.NameEmpty',
    )
  })

  test('SAG.InstanceNoFound: unknown, of another account, in another region, or no SAG APP', async () => {
    const foreign = await addApp(world(), { accountId: otherAccountId })
    const elsewhere = await addApp(world(), { regionId: 'eu-central-1' })
    for (const SmartAGId of ['sag-none', foreign, elsewhere, await world().addInstance()]) {
      expect(await world().refused(operation, { RegionId: regionId, SmartAGId, Username: 'anna' })).toBe(
        'SAG.InstanceNoFound',
      )
    }
  })

  test('MissingSmartAGId from the front door', async () => {
    expect(await world().refused(operation, { RegionId: regionId, Username: 'anna' })).toBe('MissingSmartAGId')
  })
})
