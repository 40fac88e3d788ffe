import { ipv4ToNumber } from '@opensag/rules'
import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp, addUser } from '../../testing/remote-users.suite.ts'
import { describeSmartAccessGatewayClientUsers as operation } from './describe-smart-access-gateway-client-users.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, more: Readonly<Record<string, string>> = {}) => ({
    RegionId: regionId,
    SmartAGId,
    ...more,
  })

  async function names(id: string, more: Readonly<Record<string, string>> = {}) {
    const answer = await world().call(operation, request(id, more))
    return [answer['TotalCount'], (answer['Users'] as { UserName: string }[]).map(({ UserName }) => UserName)]
  }

  test('shows accounts, never a password', async () => {
    const id = await addApp(world())
    await addUser(world(), id, 'first', { client_ip: ipv4ToNumber('10.9.0.9') ?? 0, state: 'disabled' })
    await addUser(world(), id, 'second', { bandwidth: 20 })
    expect(await world().call(operation, request(id))).toEqual({
      TotalCount: 2,
      PageNumber: 1,
      PageSize: 10,
      Users: [
        {
          UserName: 'first',
          UserMail: 'first@example.com',
          Bandwidth: 2000,
          ClientIp: '10.9.0.9',
          IsStaticIp: 1,
          State: 1,
        },
        {
          UserName: 'second',
          UserMail: 'second@example.com',
          Bandwidth: 20,
          ClientIp: undefined,
          IsStaticIp: 0,
          State: 0,
        },
      ],
    })
  })

  test('pages by name, and shows only those of this instance', async () => {
    const id = await addApp(world())
    for (const name of ['carl', 'anna', 'bert']) await addUser(world(), id, name)
    await addUser(world(), await addApp(world(), { pool: '' }), 'stranger')
    expect(await names(id, { PageSize: '2' })).toEqual([3, ['anna', 'bert']])
    expect(await names(id, { PageSize: '2', PageNumber: '2' })).toEqual([3, ['carl']])
    expect(await names(id, { PageNumber: '2' })).toEqual([3, []])
  })

  test('finds by name and by mail address', async () => {
    const id = await addApp(world())
    await addUser(world(), id, 'anna', { mail: 'office@example.com' })
    await addUser(world(), id, 'bert', { mail: 'office@example.com' })
    await addUser(world(), id, 'carl')
    expect(await names(id, { UserName: 'bert' })).toEqual([1, ['bert']])
    expect(await names(id, { UserMail: 'office@example.com' })).toEqual([2, ['anna', 'bert']])
    expect(await names(id, { UserMail: 'office@example.com', UserName: 'carl' })).toEqual([0, []])
  })

  test('SAG.InstanceIdEmpty: absent or blank', async () => {
    expect(await world().refused(operation, { RegionId: regionId })).toBe('SAG.InstanceIdEmpty')
    expect(await world().refused(operation, request(' '))).toBe('SAG.InstanceIdEmpty')
  })

  test('SAG.InstanceNoFound: unknown, of another account, no App', async () => {
    const { refused } = world()
    expect(await refused(operation, request('sag-none'))).toBe('SAG.InstanceNoFound')
    const foreign = await addApp(world(), { accountId: otherAccountId })
    expect(await refused(operation, request(foreign))).toBe('SAG.InstanceNoFound')
    expect(await refused(operation, request(await world().addInstance()))).toBe('SAG.InstanceNoFound')
  })
})
