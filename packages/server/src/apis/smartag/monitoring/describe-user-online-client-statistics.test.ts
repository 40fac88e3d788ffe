import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp, addSession, addUser } from '../../testing/remote-users.suite.ts'
import { kickOutClients } from '../client-users/kick-out-clients.ts'
import { describeUserOnlineClientStatistics as operation } from './describe-user-online-client-statistics.ts'

testOperation(operation, (world) => {
  function request(SmartAGId: string, names: readonly string[]): Record<string, string> {
    const listed = names.map((name, index) => [`UserNames.${index + 1}`, name] as const)
    return { RegionId: regionId, SmartAGId, ...Object.fromEntries(listed) }
  }
  const refused = (id: string, ...names: readonly string[]) => world().refused(operation, request(id, names))

  test('tells of each account that is named, in that order and once, whether it is online', async () => {
    const id = await addApp(world())
    for (const name of ['anna', 'bert', 'carl']) await addUser(world(), id, name)
    await addSession(world(), id, 'bert', '10.9.0.3')
    await addSession(world(), id, 'carl', '10.9.0.4')
    const counts = async () => {
      const { UserStatistics } = await world().call(operation, request(id, ['bert', 'anna', 'bert']))
      return UserStatistics
    }
    expect(await counts()).toEqual([
      { UserName: 'bert', OnlineCount: '1' },
      { UserName: 'anna', OnlineCount: '0' },
    ])
    await world().call(kickOutClients, { RegionId: regionId, SmartAGId: id, Username: 'bert' })
    expect(await counts()).toEqual([
      { UserName: 'bert', OnlineCount: '0' },
      { UserName: 'anna', OnlineCount: '0' },
    ])
  })

  test('SAG.InstanceIdEmpty: absent or blank', async () => {
    expect(await refused(' ', 'anna')).toBe('SAG.InstanceIdEmpty')
  })

  test('ClientUser.NameEmpty: none is named', async () => {
    expect(await refused('sag-none')).toBe('ClientUser.NameEmpty')
  })

  test('ClientUser.NameInvalid: of a form no account has, or more than 50, before the instance; not there, after it', async () => {
    expect(await refused('sag-none', 'anna', 'a!')).toBe('ClientUser.NameInvalid')
    const many = Array.from({ length: 51 }, (_, index) => `user${index}`)
    expect(await refused('sag-none', ...many)).toBe('ClientUser.NameInvalid')
    expect(await refused('sag-none', ...many.slice(1))).toBe('SAG.InstanceNoFound')
    const id = await addApp(world())
    await addUser(world(), id, 'anna')
    expect(await refused(id, 'anna', 'nobody')).toBe('ClientUser.NameInvalid')
  })

  test('SAG.InstanceNoFound: unknown, of another account, in another region, or no SAG APP', async () => {
    const foreign = await addApp(world(), { accountId: otherAccountId })
    const elsewhere = await addApp(world(), { regionId: 'eu-central-1' })
    for (const id of ['sag-none', foreign, elsewhere, await world().addInstance()]) {
      expect(await refused(id, 'anna')).toBe('SAG.InstanceNoFound')
    }
  })
})
