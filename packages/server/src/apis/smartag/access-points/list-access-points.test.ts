import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn } from '../../testing/networks.suite.ts'
import { addPop } from '../../testing/pops.suite.ts'
import { listAccessPoints as operation } from './list-access-points.ts'
import { listSmartAgByAccessPoint } from './list-smart-ag-by-access-point.ts'

testOperation(operation, (world) => {
  const points = async (more: Readonly<Record<string, string>> = {}) =>
    (await world().call(operation, { RegionId: regionId, ...more }))['AccessPoints'] as readonly {
      readonly AccessPointId: number
      readonly ActiveSmartAGCount: number
      readonly InactiveSmartAGCount: number
    }[]

  async function member(given: Parameters<ReturnType<typeof world>['addInstance']>[0], connected: boolean) {
    const id = await world().addInstance(given)
    await world().addDevice(id, { connected })
    await addCcn(world(), {}, id)
    return id
  }

  test('each instance counts at the one it prefers, active or not, and only those of the account', async () => {
    await addPop(world(), 'pop1')
    await addPop(world(), 'pop-22')
    const own = [await member({}, true), await member({}, true), await member({}, false)]
    await member({ accountId: otherAccountId }, true)
    await world().addInstance()
    const shown = await points()
    expect(shown).toHaveLength(2)
    const sum = (count: (one: (typeof shown)[number]) => number) => shown.reduce((all, one) => all + count(one), 0)
    expect(sum(({ ActiveSmartAGCount }) => ActiveSmartAGCount)).toBe(2)
    expect(sum(({ InactiveSmartAGCount }) => InactiveSmartAGCount)).toBe(1)
    for (const id of own) {
      const [point] = await points({ SmartAGId: id })
      const request = { RegionId: regionId, AccessPointId: String(point?.AccessPointId) }
      const { SmartAccessGateways } = await world().call(listSmartAgByAccessPoint, request)
      expect(SmartAccessGateways).toContainEqual(expect.objectContaining({ SmartAGId: id }))
    }
  })

  test('an instance without a network prefers none, and no page has more than was asked for', async () => {
    await addPop(world(), 'pop1')
    await addPop(world(), 'pop-22')
    expect(await points({ SmartAGId: await world().addInstance() })).toEqual([])
    expect(await points({ PageSize: '1', PageNumber: '2' })).toHaveLength(1)
    expect(await points({ PageSize: '1', PageNumber: '3' })).toEqual([])
  })
})
