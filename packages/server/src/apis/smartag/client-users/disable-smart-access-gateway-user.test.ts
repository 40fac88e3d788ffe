import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp, addSession, addUser, online, userRow } from '../../testing/remote-users.suite.ts'
import { disableSmartAccessGatewayUser as operation } from './disable-smart-access-gateway-user.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, more: Readonly<Record<string, string>> = {}) => ({
    RegionId: regionId,
    SmartAGId,
    UserName: 'doctest',
    ...more,
  })

  test('disables the account and ends what it has online', async () => {
    const id = await addApp(world())
    for (const [index, name] of ['doctest', 'another'].entries()) {
      await addUser(world(), id, name)
      await addSession(world(), id, name, `10.9.0.${index + 2}`)
    }
    expect(await world().call(operation, request(id))).toEqual({})
    expect(await userRow(world(), id)).toMatchObject({ state: 'disabled' })
    expect(await userRow(world(), id, 'another')).toMatchObject({ state: 'enabled' })
    expect(await online(world())).toEqual(['another'])
  })

  test('an account that is disabled already stays so', async () => {
    const id = await addApp(world())
    await addUser(world(), id, 'doctest', { state: 'disabled' })
    expect(await world().call(operation, request(id))).toEqual({})
    expect(await userRow(world(), id)).toMatchObject({ state: 'disabled' })
  })

  test('SAG.InstanceNoFound: unknown, in another region, no App', async () => {
    const { refused } = world()
    expect(await refused(operation, request('sag-none'))).toBe('SAG.InstanceNoFound')
    const id = await addApp(world())
    expect(await refused(operation, request(id, { RegionId: 'cn-hangzhou' }))).toBe('SAG.InstanceNoFound')
    expect(await refused(operation, request(await world().addInstance()))).toBe('SAG.InstanceNoFound')
  })

  test('Forbidden: of another account', async () => {
    const foreign = await addApp(world(), { accountId: otherAccountId })
    await addUser(world(), foreign, 'doctest', { state: 'enabled' })
    expect(await world().refused(operation, request(foreign))).toBe('Forbidden')
    expect(await userRow(world(), foreign)).toMatchObject({ state: 'enabled' })
  })

  test('ClientUser.NameInvalid: no such account', async () => {
    const id = await addApp(world())
    expect(await world().refused(operation, request(id))).toBe('ClientUser.NameInvalid')
    expect(await world().refused(operation, request(id, { UserName: 'a!' }))).toBe('ClientUser.NameInvalid')
  })

  test('what is missing is answered by the front door', async () => {
    expect(await world().refused(operation, request(''))).toBe('MissingSmartAGId')
    expect(await world().refused(operation, request('sag-none', { UserName: '' }))).toBe('MissingUserName')
  })
})
