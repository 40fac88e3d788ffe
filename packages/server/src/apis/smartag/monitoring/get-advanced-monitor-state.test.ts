import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { older, watchable } from '../../testing/monitoring.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { getAdvancedMonitorState as operation } from './get-advanced-monitor-state.ts'
import { setAdvancedMonitorState } from './set-advanced-monitor-state.ts'

testOperation(operation, (world) => {
  const request = (SagId: string) => ({ RegionId: regionId, SagId })
  const refused = (id: string) => world().refused(operation, request(id))

  test('it is off at first, and what it was set to then', async () => {
    const id = await world().addInstance()
    await world().addDevice(id, watchable)
    const state = () => world().call(operation, request(id))
    expect(await state()).toEqual({ Code: '200', Message: 'Success', Data: [{ Enable: false }] })
    for (const Enable of [true, false]) {
      await world().call(setAdvancedMonitorState, { ...request(id), Enable: String(Enable) })
      expect(await state()).toMatchObject({ Data: [{ Enable }] })
    }
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
