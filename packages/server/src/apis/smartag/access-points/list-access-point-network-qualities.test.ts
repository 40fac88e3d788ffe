import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { measures, watchable } from '../../testing/monitoring.suite.ts'
import { addPop } from '../../testing/pops.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { listAccessPointNetworkQualities as operation } from './list-access-point-network-qualities.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string) => ({ RegionId: regionId, SmartAGId })
  async function listed(id: string): Promise<unknown> {
    return (await world().call(operation, request(id)))['AccessPointNetworkQualities']
  }
  const [one, two, away] = ['203.0.113.4', '203.0.113.6', '203.0.113.99']

  test('what the gateways measured last of each point that serves, the newest of a pair', async () => {
    const numbers = [await addPop(world(), 'pop1'), await addPop(world(), 'pop-22')]
    await addPop(world(), 'pop-333')
    const id = await world().addInstance()
    const [first, second] = [await world().addDevice(id, watchable), await world().addDevice(id, watchable)]
    expect(await listed(id)).toEqual([])
    await measures(world(), first, { address: one, at: 5, sent: 10, answered: 10, ms: 4.984 })
    await measures(world(), first, { address: two, at: 5, sent: 10, answered: 0 })
    await measures(world(), second, { address: one, at: 6, sent: 3, answered: 2, ms: 7 })
    await measures(world(), second, { address: away, at: 6, sent: 3, answered: 2, ms: 7 })
    await measures(world(), second, { address: two, at: 9, sent: 0, answered: 0 })
    expect(await listed(id)).toEqual([
      { Id: numbers[0], Loss: '33.33%', Rtt: '7.00' },
      { Id: numbers[1], Loss: '100.00%' },
    ])
    await measures(world(), first, { address: one, at: 7, sent: 10, answered: 10, ms: 4.984 })
    expect(await listed(id)).toContainEqual({ Id: numbers[0], Loss: '0.00%', Rtt: '4.98' })
    const other = await world().addInstance()
    await world().addDevice(other, watchable)
    expect(await listed(other)).toEqual([])
  })

  test('SAG.InstanceNoFound: unknown, of another account, or an App', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    for (const id of ['sag-none', foreign, await addApp(world())]) {
      expect(await world().refused(operation, request(id))).toBe('SAG.InstanceNoFound')
    }
  })
})
