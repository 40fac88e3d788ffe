import { expect, test } from 'vitest'
import { addTraffic } from '../../../store/pops/traffic.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagTrafficTopN as operation } from './describe-sag-traffic-top-n.ts'

testOperation(operation, (world) => {
  const minute = 60_000

  /** As its gateway counts it in the minute that ends so many minutes ago. */
  async function carried(serial: string, bytes: number, minutesAgo = 0): Promise<void> {
    const at = world().wallNow - minutesAgo * minute
    const traffic = { received: bytes / 2, sent: bytes / 2 }
    const before = { at: at - minute, traffic: { received: 0, sent: 0 } }
    await world().store.write((tx) => addTraffic(tx, serial, before, { at, traffic }))
  }

  async function busy(given: Parameters<ReturnType<typeof world>['addInstance']>[0], bytes: number, ago = 0) {
    const id = await world().addInstance(given)
    await carried(await world().addDevice(id), bytes, ago)
    return id
  }

  async function top(more: Readonly<Record<string, string>> = {}) {
    return (await world().call(operation, { RegionId: regionId, ...more }))['TrafficTopN']
  }

  test('the busiest of the last hour first, both gateways of a pair together, and as many as were asked for', async () => {
    const second = await busy({ name: 'second' }, 9e5)
    const pair = await busy({ name: 'pair' }, 4.5e5)
    await carried(await world().addDevice(pair), 9e5)
    const rows = [
      { InstanceId: pair, Name: 'pair', RegionId: regionId, TrafficRate: '3000.0' },
      { InstanceId: second, Name: 'second', RegionId: regionId, TrafficRate: '2000.0' },
    ]
    expect(await top()).toEqual(rows)
    expect(await top({ Size: '1' })).toEqual(rows.slice(0, 1))
  })

  test('without what was before that hour, carried nothing, is elsewhere or belongs to another account', async () => {
    await busy({}, 9e5, 61)
    await busy({}, 0)
    await busy({ regionId: 'cn-hangzhou' }, 9e5)
    await busy({ accountId: otherAccountId }, 9e5)
    expect(await top()).toEqual([])
  })

  test('InvalidParameter: none, or more than 50', async () => {
    for (const Size of ['0', '51']) {
      expect(await world().refused(operation, { RegionId: regionId, Size })).toBe('InvalidParameter')
    }
  })
})
