import { expect, test } from 'vitest'
import { createSizeOrders } from '../../../store/fleet/size-orders.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { upgradeSmartAccessGatewaySoftware as operation } from './upgrade-smart-access-gateway-software.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, more: Readonly<Record<string, string>> = {}) => ({
    RegionId: regionId,
    SmartAGId,
    UserCount: '10',
    DataPlan: '5',
    AutoPay: 'true',
    ...more,
  })

  async function userCount(id: string): Promise<number | undefined> {
    return (await world().fleet.instanceById(id))?.userCount
  }

  test('changes the size at once when it is paid at once', async () => {
    const id = await addApp(world(), { userCount: 5 })
    expect(await world().call(operation, request(id))).toEqual({ OrderId: expect.stringMatching(/^\d{15}$/) })
    expect(await userCount(id)).toBe(10)
  })

  test('changes nothing until the order is paid', async () => {
    const id = await addApp(world(), { userCount: 5 })
    const { OrderId } = await world().call(operation, request(id, { AutoPay: 'false' }))
    expect(await userCount(id)).toBe(5)
    const pay = () => world().store.write((tx) => createSizeOrders(tx).pay(String(OrderId)))
    expect(await pay()).toBe(id)
    expect(await userCount(id)).toBe(10)
    expect(await pay()).toBeUndefined()
  })

  test('without a shop it is paid at once', async () => {
    const id = await addApp(world(), { userCount: 5 })
    world().shop = false
    await world().call(operation, request(id, { AutoPay: 'false' }))
    expect(await userCount(id)).toBe(10)
  })

  test('may be repeated', async () => {
    const id = await addApp(world(), { userCount: 5 })
    await world().call(operation, request(id))
    await world().call(operation, request(id))
    expect(await userCount(id)).toBe(10)
  })

  test.each(['0', '2001', 'many', '-5'])('SAG.InvalidUserCount: %s', async (UserCount) => {
    expect(await world().refused(operation, request('sag-none', { UserCount }))).toBe('SAG.InvalidUserCount')
  })

  test('SAG.InvalidUserCount: fewer than now', async () => {
    const id = await addApp(world(), { userCount: 5 })
    expect(await world().refused(operation, request(id, { UserCount: '4' }))).toBe('SAG.InvalidUserCount')
    expect(await userCount(id)).toBe(5)
  })

  test.each(['0', '6', 'x'])('SAG.InvalidDataPlan: %s', async (DataPlan) => {
    expect(await world().refused(operation, request('sag-none', { DataPlan }))).toBe('SAG.InvalidDataPlan')
    expect(await world().refused(operation, request('sag-none', { DataPlan, UserCount: '0' }))).toBe(
      'SAG.InvalidUserCount',
    )
  })

  test('SAG.InstanceNoFound: unknown, of another account, no App', async () => {
    const { refused } = world()
    expect(await refused(operation, request('sag-none'))).toBe('SAG.InstanceNoFound')
    const foreign = await addApp(world(), { accountId: otherAccountId })
    expect(await refused(operation, request(foreign))).toBe('SAG.InstanceNoFound')
    expect(await refused(operation, request(await world().addInstance()))).toBe('SAG.InstanceNoFound')
  })
})
