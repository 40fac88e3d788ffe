import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp, addUser, userRow } from '../../testing/remote-users.suite.ts'
import { enableSmartAccessGatewayUser as operation } from './enable-smart-access-gateway-user.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, more: Readonly<Record<string, string>> = {}) => ({
    RegionId: regionId,
    SmartAGId,
    UserName: 'doctest',
    ...more,
  })

  test('enables the account', async () => {
    const id = await addApp(world())
    await addUser(world(), id, 'doctest', { state: 'disabled' })
    expect(await world().call(operation, request(id))).toEqual({})
    expect(await userRow(world(), id)).toMatchObject({ state: 'enabled', password_hash: 'the old hash' })
  })

  test('an account that is enabled already stays so', async () => {
    const id = await addApp(world())
    await addUser(world(), id, 'doctest', { state: 'enabled' })
    expect(await world().call(operation, request(id))).toEqual({})
    expect(await userRow(world(), id)).toMatchObject({ state: 'enabled' })
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
    await addUser(world(), foreign, 'doctest', { state: 'disabled' })
    expect(await world().refused(operation, request(foreign))).toBe('Forbidden')
    expect(await userRow(world(), foreign)).toMatchObject({ state: 'disabled' })
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
