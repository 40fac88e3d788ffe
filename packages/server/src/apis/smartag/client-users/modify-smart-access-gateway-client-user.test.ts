import { ipv4ToNumber } from '@opensag/rules'
import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp, addUser, userRow } from '../../testing/remote-users.suite.ts'
import { modifySmartAccessGatewayClientUser as operation } from './modify-smart-access-gateway-client-user.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, more: Readonly<Record<string, string>> = {}) => ({
    RegionId: regionId,
    SmartAGId,
    UserName: 'doctest',
    ...more,
  })

  test('changes what is given and shows the account as it is then', async () => {
    const id = await addApp(world())
    await addUser(world(), id, 'doctest', { client_ip: ipv4ToNumber('10.9.0.9') ?? 0 })
    expect(await world().call(operation, request(id, { Bandwidth: '20' }))).toEqual({
      UserName: 'doctest',
      UserMail: 'doctest@example.com',
      Bandwidth: 20,
      ClientIp: '10.9.0.9',
    })
    await world().call(operation, request(id, { Email: 'new@example.com' }))
    expect(await userRow(world(), id)).toMatchObject({ mail: 'new@example.com', bandwidth: 20 })
  })

  test('a call that changes nothing succeeds', async () => {
    const id = await addApp(world())
    await addUser(world(), id)
    const before = await userRow(world(), id)
    expect(await world().call(operation, request(id))).toMatchObject({ Bandwidth: 2000 })
    expect(await userRow(world(), id)).toEqual(before)
  })

  test.each([
    ['SAG.InstanceIdEmpty', { SmartAGId: '', UserName: '' }],
    ['ClientUser.NameEmpty', { UserName: '', Bandwidth: '0' }],
    ['ClientUser.NameInvalid', { UserName: 'a!', Bandwidth: '0' }],
    ['ClientUser.BandwidthInvalid', { Bandwidth: '0', Email: 'x' }],
    ['ClientUser.BandwidthInvalid', { Bandwidth: '20001' }],
    ['ClientUser.BandwidthInvalid', { Bandwidth: 'fast' }],
    ['ClientUser.EmailInvalid', { Email: 'nobody' }],
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

  test('ClientUser.NameInvalid: no such account', async () => {
    const id = await addApp(world())
    expect(await world().refused(operation, request(id))).toBe('ClientUser.NameInvalid')
  })
})
