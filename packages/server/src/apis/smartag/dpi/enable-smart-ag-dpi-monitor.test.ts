import { expect, test } from 'vitest'
import { addInspector, withoutEngine } from '../../testing/dpi.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { change } from '../../testing/networks.suite.ts'
import { toldConfig } from '../../testing/told.suite.ts'
import { enableSmartAgDpiMonitor as operation } from './enable-smart-ag-dpi-monitor.ts'
import { getSmartAgDpiAttribute } from './get-smart-ag-dpi-attribute.ts'

testOperation(operation, (world) => {
  const names = { SlsProjectName: 'project-1', SlsLogStore: 'store_1' }
  const request = (SmartAGId: string, more: Readonly<Record<string, string>> = {}) => ({
    ...{ RegionId: regionId, SmartAGId, ...names, ...more },
  })
  const inspect = (id: string) => change(world(), ({ inspections }) => inspections.setEnabled(id, true))

  test('its gateways record under these names, and under others when it is called again', async () => {
    const SmartAGId = await world().addInstance()
    await addInspector(world(), SmartAGId)
    await inspect(SmartAGId)
    await world().call(operation, request(SmartAGId, { DryRun: 'true' }))
    expect((await toldConfig(world(), SmartAGId))?.dpi).toEqual({})
    await world().call(operation, request(SmartAGId))
    await world().call(operation, request(SmartAGId, { SlsLogStore: 'other' }))
    const records = { region: regionId, project: 'project-1', logstore: 'other' }
    expect((await toldConfig(world(), SmartAGId))?.dpi).toEqual({ records })
    expect(await world().call(getSmartAgDpiAttribute, { RegionId: regionId, SmartAGId })).toEqual({
      ...{ DpiStatus: 'On', DpiMonitorStatus: 'Active' },
      ...{ SlsRegion: regionId, ProjectName: 'project-1', LogstoreName: 'other' },
    })
  })

  test('IncorrectStatus: its applications are not recognised', async () => {
    expect(await world().refused(operation, request(await world().addInstance()))).toBe('IncorrectStatus')
  })

  test.each([{ SlsProjectName: 'Project' }, { SlsProjectName: '-p-' }, { SlsLogStore: 'a' }])(
    'CreateProjectFailed: no project or store can be called %j',
    async (more) => {
      const id = await world().addInstance()
      await inspect(id)
      expect(await world().refused(operation, request(id, more))).toBe('CreateProjectFailed')
    },
  )

  test.each([
    ['FeatureNotSupport', [withoutEngine]],
    ['FeatureNotSupportForActiveSmartAG', [withoutEngine, {}]],
    ['FeatureNotSupportForStandBySmartAG', [{}, withoutEngine]],
  ])('%s: %j', async (code, devices) => {
    const id = await world().addInstance()
    for (const device of devices) await addInspector(world(), id, device)
    await inspect(id)
    expect(await world().refused(operation, request(id))).toBe(code)
  })

  test('InvalidSmartAGId.NotFound: not there, of another account', async () => {
    for (const id of ['sag-none', await world().addInstance({ accountId: otherAccountId })])
      expect(await world().refused(operation, request(id))).toBe('InvalidSmartAGId.NotFound')
  })
})
