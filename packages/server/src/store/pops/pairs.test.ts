import type { NetworkReport } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { listGatewayEvents } from '../../apis/opensag/list-gateway-events.ts'
import { describeSmartAccessGatewayHa } from '../../apis/smartag/ha/describe-smart-access-gateway-ha.ts'
import { describeSmartAccessGatewayAttribute } from '../../apis/smartag/instances/describe-smart-access-gateway-attribute.ts'
import { unbindSerialNumber } from '../../apis/smartag/instances/unbind-serial-number.ts'
import { regionId, testInWorld } from '../../apis/testing/harness.suite.ts'
import { addCcn, putInto } from '../../apis/testing/networks.suite.ts'
import { configFor } from '../../model/desired-config.ts'
import { findDesiredConfig } from '../gateways/configurations.ts'
import { healNetworks } from './heal.ts'
import { readPopConfig } from './pop-config.ts'
import { addPop, startRemoval } from './pops.ts'
import { saveNetworkReport } from './reports.ts'

testInWorld('two devices of an instance', (world) => {
  async function addTestPop(): Promise<void> {
    await world().addDevice(undefined, { serial: 'pop1', model: 'pop' })
    await world().store.write((tx) => addPop(tx, { serial: 'pop1', endpoint: '203.0.113.1', at: 0 }))
  }

  async function heal(): Promise<void> {
    const { store } = world()
    await healNetworks({ store, businessClock: () => world().now, tellGateways() {} })
  }

  async function pair(): Promise<{ readonly id: string; readonly main: string; readonly backup: string }> {
    const id = await world().addInstance()
    const given = { sealKey: 'seal', connected: true }
    return { id, main: await world().addDevice(id, given), backup: await world().addDevice(id, given) }
  }

  async function told(serial: string) {
    const desired = await world().store.read((db) => findDesiredConfig(db, serial))
    return desired && configFor(desired.config, serial).pair
  }

  const says = (serial: string, isActive: boolean | undefined, isUp = true): Promise<void> => {
    const report: NetworkReport = {
      tunnels: [{ pop: 'pop1', isUp, since: 0 }],
      learnt: [],
      leases: 0,
      traffic: { received: 0, sent: 0 },
      ...(isActive === undefined ? {} : { pair: { isActive, since: 0 } }),
    }
    return world().store.write((tx) => saveNetworkReport(tx, serial, report, world().now))
  }

  const of = (SmartAGId: string) => ({ RegionId: regionId, SmartAGId })

  async function shown(id: string) {
    const { MainDeviceId, BackupDeviceId } = await world().call(describeSmartAccessGatewayHa, of(id))
    const instance = await world().call(describeSmartAccessGatewayAttribute, of(id))
    const { TrafficMasterSn, IpsecStatus, Status, Devices } = instance
    const active = (Devices as readonly { SerialNumber: string; HaState: string }[]).filter(
      ({ HaState }) => HaState === 'Active',
    )
    expect([TrafficMasterSn, ...active.map(({ SerialNumber }) => SerialNumber)]).toEqual([MainDeviceId, MainDeviceId])
    return { MainDeviceId, BackupDeviceId, IpsecStatus, Status }
  }

  test('each is told of the other, in a CCN or not, while a point of presence exists; one that is alone is not', async () => {
    await addTestPop()
    const { id, main, backup } = await pair()
    const router = (await told(main))?.router
    expect([await told(main), await told(backup)]).toEqual([
      { router, role: 'main' },
      { router, role: 'backup' },
    ])
    expect(router).toBeGreaterThanOrEqual(1)
    expect(router).toBeLessThanOrEqual(255)
    await world().call(unbindSerialNumber, { ...of(id), SerialNumber: main })
    expect(await told(backup)).toBeUndefined()
  })

  test('those that were bound before are told by the next look, and no more when the last point of presence goes', async () => {
    const { main, backup } = await pair()
    expect(await told(main)).toBeUndefined()
    await addTestPop()
    await heal()
    expect([(await told(main))?.role, (await told(backup))?.role]).toEqual(['main', 'backup'])
    const before = await world().store.read((db) => findDesiredConfig(db, main))
    await heal()
    expect(await world().store.read((db) => findDesiredConfig(db, main))).toEqual(before)
    await world().store.write((tx) => startRemoval(tx, 'pop1', 1))
    await heal()
    expect(await told(main)).toBeUndefined()
  })

  test('a point of presence is told which of the two stands by', async () => {
    await addTestPop()
    const { id, main, backup } = await pair()
    await putInto(world(), id, await addCcn(world()))
    const members = (await readPopConfig(world().store, 'pop1', world().now))?.config.pop?.networks[0]?.members
    expect(members?.map(({ serial, standby }) => [serial, standby])).toEqual([
      [main, undefined],
      [backup, true],
    ])
  })

  test('the traffic is where they say; while nobody does, or both do, at the active device by the binding', async () => {
    await addTestPop()
    const { id, main, backup } = await pair()
    await putInto(world(), id, await addCcn(world()))
    const atMain = { MainDeviceId: main, BackupDeviceId: backup, IpsecStatus: 'up', Status: 'Active' }
    const atBackup = { ...atMain, MainDeviceId: backup, BackupDeviceId: main }
    expect(await shown(id)).toEqual(atMain)
    await says(main, true)
    await says(backup, false)
    expect(await shown(id)).toEqual(atMain)
    await says(backup, true)
    expect(await shown(id)).toEqual(atMain)
    await says(main, false, false)
    expect(await shown(id)).toEqual(atBackup)
    await says(backup, true, false)
    expect(await shown(id)).toEqual({ ...atBackup, IpsecStatus: 'down', Status: 'Offline' })
    await says(backup, true)
    // What one that is away said last counts for nothing.
    await says(main, true)
    await world().setDevice(main, { connected: false })
    expect(await shown(id)).toEqual(atBackup)
    await world().setDevice(main, { connected: true })
    await world().setDevice(backup, { connected: false })
    expect(await shown(id)).toEqual(atMain)
  })

  test('the history tells when the traffic came to a device, and when it left it', async () => {
    const { id, main, backup } = await pair()
    const events = async () => {
      const { Events } = await world().call(listGatewayEvents, { ...of(id), MaxResults: '20' })
      return (Events as readonly { readonly SerialNumber: string; readonly Name: string }[])
        .map(({ SerialNumber, Name }) => `${SerialNumber === main ? 'main' : 'backup'} ${Name}`)
        .reverse()
    }
    await says(backup, false)
    await says(main, true)
    await says(main, true)
    expect(await events()).toEqual(['main TrafficTaken'])
    await says(backup, true)
    await says(main, false)
    expect(await events()).toEqual(['main TrafficTaken', 'backup TrafficTaken', 'main TrafficLeft'])
    // It is alone from now on.
    await says(backup, undefined)
    expect(await events()).toHaveLength(3)
  })
})
