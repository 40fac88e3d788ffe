import { expect, test } from 'vitest'
import { addInspector, tooOld, withoutEngine } from '../../testing/dpi.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { toldConfig } from '../../testing/told.suite.ts'
import { describeSmartAccessGateways } from '../instances/describe-smart-access-gateways.ts'
import { enableSmartAgDpiMonitor } from './enable-smart-ag-dpi-monitor.ts'
import { getSmartAgDpiAttribute } from './get-smart-ag-dpi-attribute.ts'
import { updateSmartAgDpiAttribute as operation } from './update-smart-ag-dpi-attribute.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, DpiEnabled = 'true') => ({ RegionId: regionId, SmartAGId, DpiEnabled })

  test('its gateways recognise, and the instance shows it; off, they do not, and nothing is recorded', async () => {
    const SmartAGId = await world().addInstance()
    const serial = await addInspector(world(), SmartAGId)
    world().told.length = 0
    await world().call(operation, { ...request(SmartAGId), DryRun: 'true' })
    expect(await toldConfig(world(), SmartAGId)).not.toHaveProperty('dpi')
    await world().call(operation, request(SmartAGId))
    expect(world().told).toEqual([serial])
    expect((await toldConfig(world(), SmartAGId))?.dpi).toEqual({})
    const listed = await world().call(describeSmartAccessGateways, { RegionId: regionId, SmartAGId })
    expect(listed.SmartAccessGateways).toMatchObject([{ DpiStatus: 'On', DpiMonitorStatus: 'Inactive' }])

    await world().call(enableSmartAgDpiMonitor, {
      ...{ RegionId: regionId, SmartAGId, SlsProjectName: 'project', SlsLogStore: 'store' },
    })
    await world().call(operation, request(SmartAGId, 'false'))
    expect(await toldConfig(world(), SmartAGId)).not.toHaveProperty('dpi')
    await world().call(operation, request(SmartAGId))
    const shown = await world().call(getSmartAgDpiAttribute, { RegionId: regionId, SmartAGId })
    expect(shown).toMatchObject({ DpiStatus: 'On', DpiMonitorStatus: 'Inactive' })
    expect((await toldConfig(world(), SmartAGId))?.dpi).toEqual({})
  })

  test('an instance without a device, and one whose device was never here, are taken', async () => {
    const bare = await world().addInstance()
    const fresh = await world().addInstance()
    await world().addDevice(fresh)
    for (const id of [bare, fresh]) expect(await world().call(operation, request(id))).toEqual({})
  })

  test.each([
    ['FeatureNotSupport', [withoutEngine]],
    ['FeatureNotSupport', [tooOld]],
    ['FeatureNotSupport', [{ dpiEngine: '3.4' }]],
    ['FeatureNotSupportForActiveSmartAG', [withoutEngine, {}]],
    ['FeatureNotSupportForStandBySmartAG', [{}, withoutEngine]],
  ])('%s: %j; off it goes all the same', async (code, devices) => {
    const id = await world().addInstance()
    for (const device of devices) await addInspector(world(), id, device)
    expect(await world().refused(operation, request(id))).toBe(code)
    expect(await world().call(operation, request(id, 'false'))).toEqual({})
  })

  test('FeatureNotSupport: a SAG APP instance', async () => {
    expect(await world().refused(operation, request(await addApp(world())))).toBe('FeatureNotSupport')
  })

  test('InvalidSmartAGId.NotFound: not there, of another account, in another region', async () => {
    const id = await world().addInstance()
    for (const SmartAGId of ['sag-none', await world().addInstance({ accountId: otherAccountId })])
      expect(await world().refused(operation, request(SmartAGId))).toBe('InvalidSmartAGId.NotFound')
    expect(await world().refused(operation, { ...request(id), RegionId: 'cn-hangzhou' })).toBe(
      'InvalidSmartAGId.NotFound',
    )
  })
})
