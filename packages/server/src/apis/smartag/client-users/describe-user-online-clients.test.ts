import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp, addSession, addUser } from '../../testing/remote-users.suite.ts'
import { describeUserOnlineClients as operation } from './describe-user-online-clients.ts'

testOperation(operation, (world) => {
  function refused(SmartAGId: string, UserName: string): Promise<string> {
    return world().refused(operation, { RegionId: regionId, SmartAGId, UserName })
  }

  test('shows address and second of logon of the account alone', async () => {
    const id = await addApp(world())
    for (const [name, address] of [
      ['anna', '10.9.0.2'],
      ['bert', '10.9.0.3'],
    ] as const) {
      await addUser(world(), id, name)
      await addSession(world(), id, name, address)
    }
    const answer = await world().call(operation, { RegionId: regionId, SmartAGId: id, UserName: 'bert' })
    expect(answer).toEqual({ Users: [{ ClientIp: '10.9.0.3', OnlineTime: String(world().now / 1000) }] })
  })

  test('shows nobody while the account is not online', async () => {
    const id = await addApp(world())
    await addUser(world(), id, 'anna')
    expect(await world().call(operation, { RegionId: regionId, SmartAGId: id, UserName: 'anna' })).toEqual({
      Users: [],
    })
  })

  test('SAG.InstanceIdEmpty: absent or blank', async () => {
    expect(await refused(' ', 'anna')).toBe('SAG.InstanceIdEmpty')
    expect(await world().refused(operation, { RegionId: regionId, UserName: 'anna' })).toBe('SAG.InstanceIdEmpty')
  })

  test('ClientUser.NameEmpty: absent or blank', async () => {
    expect(await refused('sag-none', ' ')).toBe('ClientUser.NameEmpty')
    expect(await world().refused(operation, { RegionId: regionId, SmartAGId: 'sag-none' })).toBe('ClientUser.NameEmpty')
  })

  test('ClientUser.NameInvalid: of a form no account has, before the instance; or not there, after it', async () => {
    expect(await refused('sag-none', 'a!')).toBe('ClientUser.NameInvalid')
    expect(await refused(await addApp(world()), 'nobody')).toBe('ClientUser.NameInvalid')
  })

  test('SAG.InstanceNoFound: unknown, of another account, in another region, or no SAG APP', async () => {
    const foreign = await addApp(world(), { accountId: otherAccountId })
    const elsewhere = await addApp(world(), { regionId: 'eu-central-1' })
    for (const id of ['sag-none', foreign, elsewhere, await world().addInstance()]) {
      expect(await refused(id, 'anna')).toBe('SAG.InstanceNoFound')
    }
  })
})
