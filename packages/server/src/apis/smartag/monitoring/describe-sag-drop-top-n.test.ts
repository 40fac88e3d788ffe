import { expect, test } from 'vitest'
import { addTraffic } from '../../../store/pops/traffic.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagDropTopN as operation } from './describe-sag-drop-top-n.ts'

testOperation(operation, (world) => {
  const minute = 60_000

  /** As its gateway counts it in the minute that ends so many minutes ago. */
  async function counted(serial: string, packets: number, dropped: number, minutesAgo = 0): Promise<void> {
    const at = world().wallNow - minutesAgo * minute
    const none = { received: 0, sent: 0, packets: 0, dropped: 0 }
    const now = { at, traffic: { ...none, received: packets, packets, dropped } }
    await world().store.write((tx) => addTraffic(tx, serial, { at: at - minute, traffic: none }, now))
  }

  async function losing(
    given: Parameters<ReturnType<typeof world>['addInstance']>[0],
    ...numbers: readonly [packets: number, dropped: number, minutesAgo?: number]
  ): Promise<string> {
    const id = await world().addInstance(given)
    await counted(await world().addDevice(id), ...numbers)
    return id
  }

  async function top(more: Readonly<Record<string, string>> = {}) {
    return (await world().call(operation, { RegionId: regionId, ...more }))['DropTopN']
  }

  test('the greatest part of the last hour first, both gateways of a pair together, and as many as were asked for', async () => {
    const none = await losing({ name: 'none' }, 1000, 0)
    const many = await losing({ name: 'many' }, 1_000_000, 300)
    const pair = await losing({ name: 'pair' }, 500, 10)
    await counted(await world().addDevice(pair), 1500, 1, 5)
    const rows = [
      { InstanceId: pair, Name: 'pair', RegionId: regionId, DropRate: '0.55' },
      { InstanceId: many, Name: 'many', RegionId: regionId, DropRate: '0.03' },
      { InstanceId: none, Name: 'none', RegionId: regionId, DropRate: '0.0' },
    ]
    expect(await top()).toEqual(rows)
    expect(await top({ Size: '1' })).toEqual(rows.slice(0, 1))
  })

  test('without what was before that hour, counted no packets, is elsewhere or belongs to another account', async () => {
    await losing({}, 100, 50, 61)
    await losing({}, 0, 0)
    await losing({ regionId: 'cn-hangzhou' }, 100, 50)
    await losing({ accountId: otherAccountId }, 100, 50)
    expect(await top()).toEqual([])
  })

  test('InvalidParameter: none, or more than 50', async () => {
    for (const Size of ['0', '51']) {
      expect(await world().refused(operation, { RegionId: regionId, Size })).toBe('InvalidParameter')
    }
  })
})
