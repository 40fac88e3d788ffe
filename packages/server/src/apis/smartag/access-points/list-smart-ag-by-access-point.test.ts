import { expect, test } from 'vitest'
import { partSize } from '../../../store/fleet/parts.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn } from '../../testing/networks.suite.ts'
import { addPop } from '../../testing/pops.suite.ts'
import { listSmartAgByAccessPoint as operation } from './list-smart-ag-by-access-point.ts'

testOperation(operation, (world) => {
  test('of more instances than are looked at in one go, all are found', async () => {
    const number = await addPop(world(), 'pop1')
    const config = JSON.stringify({ own: { any: { probeAddresses: [], network: { pops: [{ serial: 'pop1' }] } } } })
    for (let count = 0; count <= partSize; count += 1) {
      const instance_id = await world().addInstance()
      const row = { instance_id, revision: 1, config }
      await world().store.write((tx) => tx.insertInto('gateway_config').values(row).execute())
    }
    const { TotalCount } = await world().call(operation, { RegionId: regionId, AccessPointId: String(number) })
    expect(TotalCount).toBe(partSize + 1)
  })

  test('lists who prefers it, by state, and nobody at one that is not there', async () => {
    const number = await addPop(world(), 'pop1')
    const active = await world().addInstance({ name: 'active' })
    await world().addDevice(active)
    const away = await world().addInstance({ name: 'away' })
    await world().addDevice(away, { connected: false })
    const foreign = await world().addInstance({ accountId: otherAccountId })
    await world().addDevice(foreign)
    const ccn = await addCcn(world(), {}, active, away, foreign)
    const listed = async (more: Readonly<Record<string, string>> = {}) => {
      const request = { RegionId: regionId, AccessPointId: String(number), ...more }
      return (await world().call(operation, request))['SmartAccessGateways']
    }
    const kind = { HardwareVersion: 'sag-1000', RoutingStrategy: 'static', AssociatedCcnId: ccn }
    const one = { SmartAGId: active, SmartAGName: 'active', SmartAGStatus: 'Active', ...kind }
    const other = { SmartAGId: away, SmartAGName: 'away', SmartAGStatus: 'Offline', ...kind }
    expect(await listed()).toEqual(expect.arrayContaining([one, other]))
    expect(await listed({ SmartAGStatus: 'Active' })).toEqual([one])
    expect(await listed({ SmartAGStatus: 'offline' })).toEqual([other])
    expect(await listed({ PageSize: '1', PageNumber: '3' })).toEqual([])
    expect(await listed({ AccessPointId: '999' })).toEqual([])
  })
})
