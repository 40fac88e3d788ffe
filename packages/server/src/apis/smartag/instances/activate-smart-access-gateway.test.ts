import { expect, test } from 'vitest'
import { endTime } from '../../../model/activation.ts'
import { statusOf } from '../../../model/status.ts'
import { day, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { activateSmartAccessGateway as operation } from './activate-smart-access-gateway.ts'

testOperation(operation, (world) => {
  const failed = 'SmartAccessGatewayActivateFailed'

  function refused(SmartAGId: string, RegionId = regionId): Promise<string> {
    return world().refused(operation, { RegionId, SmartAGId })
  }

  test('begins the subscription now', async () => {
    const id = await world().addInstance({ state: 'received', periodMonths: 1 })
    world().now += 3 * day
    expect(await world().call(operation, { RegionId: regionId, SmartAGId: id })).toEqual({})
    const instance = await world().fleet.instanceById(id)
    if (instance === undefined) throw new Error('The instance is gone.')
    expect(instance.activatedAt).toBe(world().now)
    expect(endTime(instance, world().now)).toBe(Date.UTC(2024, 2, 3, 12))
    expect(statusOf(instance, world().now)).toBe('Init')
  })

  test.each(['unpaid', 'ordered', 'delivered', 'returning', 'activated'] as const)(
    'SmartAccessGatewayActivateFailed: %s',
    async (state) => {
      expect(await refused(await world().addInstance({ state }))).toBe(failed)
    },
  )

  test('SmartAccessGatewayActivateFailed: activated by itself', async () => {
    const id = await world().addInstance({ state: 'received' })
    world().now += 15 * day
    expect(await refused(id)).toBe(failed)
  })

  test.each(['vcpe', 'app'] as const)(
    'SmartAccessGatewayActivateFailed: a %s has nothing to activate',
    async (kind) => {
      expect(await refused(await world().addInstance({ kind }))).toBe(failed)
    },
  )

  test('SmartAccessGatewayActivateFailed: no such instance here', async () => {
    const id = await world().addInstance({ state: 'received' })
    expect(await refused('sag-none')).toBe(failed)
    expect(await refused(id, 'cn-hangzhou')).toBe(failed)
    expect(await refused(await world().addInstance({ state: 'received', accountId: otherAccountId }))).toBe(failed)
  })

  test('MissingSmartAGId from the front door', async () => {
    expect(await world().refused(operation, { RegionId: regionId })).toBe('MissingSmartAGId')
  })
})
