import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { older, watchable } from '../../testing/monitoring.suite.ts'
import { addPop } from '../../testing/pops.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { probeAccessPointNetworkQuality as operation } from './probe-access-point-network-quality.ts'

testOperation(operation, (world) => {
  function request(SmartAGId: string, ids: readonly number[]): Record<string, string> {
    const listed = ids.map((id, index) => [`AccessPointIds.${index + 1}`, String(id)] as const)
    return { RegionId: regionId, SmartAGId, ...Object.fromEntries(listed) }
  }
  const refused = (id: string, ...ids: readonly number[]) => world().refused(operation, request(id, ids))

  test('every gateway that is online and knows how is asked to measure these points', async () => {
    const [one, two] = [await addPop(world(), 'pop1'), await addPop(world(), 'pop-22')]
    const id = await world().addInstance()
    const first = await world().addDevice(id, watchable)
    await world().addDevice(id, { ...watchable, connected: false })
    expect(await world().call(operation, request(id, [two, one, two]))).toEqual({})
    const addresses = ['203.0.113.6', '203.0.113.4']
    expect(world().gateways.requests).toEqual([`ask ${first} ${JSON.stringify({ kind: 'measure', addresses })}`])
  })

  test('SAG.InstanceNoFound: unknown, of another account, or an App', async () => {
    const number = await addPop(world(), 'pop1')
    const foreign = await world().addInstance({ accountId: otherAccountId })
    for (const id of ['sag-none', foreign, await addApp(world())]) {
      expect(await refused(id, number)).toBe('SAG.InstanceNoFound')
    }
  })

  test('InvalidParameter: one of the points is not there, or there are more than 50', async () => {
    const number = await addPop(world(), 'pop1')
    const id = await world().addInstance()
    expect(await refused(id, number, 999)).toBe('InvalidParameter')
    expect(await refused(id, ...Array.from({ length: 51 }, () => number))).toBe('InvalidParameter')
  })

  test('SmartAccessGatewayNotOnline: no gateway is online, or none is there any more', async () => {
    const number = await addPop(world(), 'pop1')
    const id = await world().addInstance()
    expect(await refused(id, number)).toBe('SmartAccessGatewayNotOnline')
    await world().addDevice(id, { ...watchable, connected: false })
    expect(await refused(id, number)).toBe('SmartAccessGatewayNotOnline')
    await world().addDevice(id, watchable)
    world().gateways.outcome = 'unreachable'
    expect(await refused(id, number)).toBe('SmartAccessGatewayNotOnline')
  })

  test('FeatureNotSupport: all that are online have an older program', async () => {
    const number = await addPop(world(), 'pop1')
    const id = await world().addInstance()
    await world().addDevice(id, older)
    expect(await refused(id, number)).toBe('FeatureNotSupport')
  })
})
