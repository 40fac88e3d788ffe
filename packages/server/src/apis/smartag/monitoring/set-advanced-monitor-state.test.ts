import { expect, test } from 'vitest'
import { shownSynStatus } from '../../../model/desired-config.ts'
import { findDesiredConfig } from '../../../store/gateways/configurations.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { older, watchable } from '../../testing/monitoring.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { describeSmartAccessGateways } from '../instances/describe-smart-access-gateways.ts'
import { setAdvancedMonitorState as operation } from './set-advanced-monitor-state.ts'

testOperation(operation, (world) => {
  const request = (SagId: string, Enable = 'true') => ({ RegionId: regionId, SagId, Enable })
  const refused = (id: string) => world().refused(operation, request(id))

  test('all gateways of the instance are told how to report, and told that it is over', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id, watchable)
    const monitor = async () => (await world().store.read((db) => findDesiredConfig(db, serial)))?.config.monitor
    expect(await world().call(operation, request(id))).toEqual({ Code: '200', Message: 'Success' })
    expect(await monitor()).toEqual({ countersMs: 5_000, qualityMs: 60_000 })
    expect(world().told).toEqual([serial])
    const { SmartAccessGateways } = await world().call(describeSmartAccessGateways, { RegionId: regionId })
    expect(SmartAccessGateways).toMatchObject([{ EnableAdvancedMonitor: true }])
    await world().call(operation, request(id, 'false'))
    expect(await monitor()).toBeUndefined()
  })

  test('a gateway that is replaced by one with an older program is shown as not synchronised', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id, watchable)
    await world().call(operation, request(id))
    await world().applyConfig(id)
    const shown = async () => {
      const instance = await world().fleet.instanceById(id)
      const [device] = instance?.devices ?? []
      return device && instance && shownSynStatus(device, instance)
    }
    expect(await shown()).toBe('Synchronized')
    await world().setDevice(serial, { capabilities: older.capabilities })
    expect(await shown()).toBe('Unsynchronized')
  })

  test('SAG.InstanceNoFound: unknown, or of another account', async () => {
    expect(await refused('sag-none')).toBe('SAG.InstanceNoFound')
    expect(await refused(await world().addInstance({ accountId: otherAccountId }))).toBe('SAG.InstanceNoFound')
  })

  test('FeatureNotSupport: an App, or a single gateway with an older program', async () => {
    expect(await refused(await addApp(world()))).toBe('FeatureNotSupport')
    const id = await world().addInstance()
    await world().addDevice(id, older)
    expect(await refused(id)).toBe('FeatureNotSupport')
  })

  test('of a pair the row names which of the two has an older program, the active one first', async () => {
    const [active, standby] = [await world().addInstance(), await world().addInstance()]
    for (const program of [older, older]) await world().addDevice(active, program)
    for (const program of [watchable, older]) await world().addDevice(standby, program)
    expect(await refused(active)).toBe('FeatureNotSupportForActiveSmartAG')
    expect(await refused(standby)).toBe('FeatureNotSupportForStandBySmartAG')
  })
})
