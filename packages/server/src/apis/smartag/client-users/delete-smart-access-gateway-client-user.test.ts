import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp, addSession, addUser, online, userRow } from '../../testing/remote-users.suite.ts'
import { deleteSmartAccessGatewayClientUser as operation } from './delete-smart-access-gateway-client-user.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, more: Readonly<Record<string, string>> = {}) => ({
    RegionId: regionId,
    SmartAGId,
    UserName: 'doctest',
    ...more,
  })

  test('deletes the account and ends what it has online', async () => {
    const id = await addApp(world())
    for (const [index, name] of ['doctest', 'another'].entries()) {
      await addUser(world(), id, name)
      await addSession(world(), id, name, `10.9.0.${index + 2}`)
    }
    expect(await world().call(operation, request(id))).toEqual({})
    expect(await userRow(world(), id)).toBeUndefined()
    expect(await userRow(world(), id, 'another')).toBeDefined()
    expect(await online(world())).toEqual(['another'])
    expect(await world().refused(operation, request(id))).toBe('ClientUser.NameInvalid')
  })

  test('ResourceInOperating: it used traffic this month, until the next', async () => {
    const id = await addApp(world())
    await addUser(world(), id, 'doctest', { traffic_bytes: 1, traffic_month: 202401 })
    world().now = Date.UTC(2024, 1, 1) - 1
    expect(await world().refused(operation, request(id))).toBe('ResourceInOperating')
    expect(await userRow(world(), id)).toBeDefined()
    world().now += 1
    expect(await world().call(operation, request(id))).toEqual({})
  })

  test.each([
    ['SAG.InstanceIdEmpty', { SmartAGId: '', UserName: '' }],
    ['ClientUser.NameEmpty', { UserName: '' }],
    ['ClientUser.NameInvalid', { UserName: 'a!' }],
    ['SAG.InstanceNoFound', {}],
  ])('%s: %o', async (code, more) => {
    expect(await world().refused(operation, request('sag-none', more))).toBe(code)
  })

  test('SAG.InstanceNoFound: of another account, no App', async () => {
    const foreign = await addApp(world(), { accountId: otherAccountId })
    await addUser(world(), foreign)
    expect(await world().refused(operation, request(foreign))).toBe('SAG.InstanceNoFound')
    expect(await world().refused(operation, request(await world().addInstance()))).toBe('SAG.InstanceNoFound')
  })
})
