import { expect, test } from 'vitest'
import { addInspector, withoutEngine } from '../../testing/dpi.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { change } from '../../testing/networks.suite.ts'
import { toldConfig } from '../../testing/told.suite.ts'
import { disableSmartAgDpiMonitor as operation } from './disable-smart-ag-dpi-monitor.ts'
import { getSmartAgDpiAttribute } from './get-smart-ag-dpi-attribute.ts'

testOperation(operation, (world) => {
  async function monitored(): Promise<string> {
    const id = await world().addInstance()
    await change(world(), async ({ inspections }) => {
      await inspections.setEnabled(id, true)
      await inspections.setLog(id, { project: 'project', logstore: 'store' })
    })
    return id
  }

  test('nothing is recorded any more, and applications are recognised further on, also by a gateway that cannot', async () => {
    const SmartAGId = await monitored()
    await addInspector(world(), SmartAGId, withoutEngine)
    await world().call(operation, { RegionId: regionId, SmartAGId, DryRun: 'true' })
    expect((await toldConfig(world(), SmartAGId))?.dpi).toHaveProperty('records')
    await world().call(operation, { RegionId: regionId, SmartAGId })
    expect((await toldConfig(world(), SmartAGId))?.dpi).toEqual({})
    const shown = await world().call(getSmartAgDpiAttribute, { RegionId: regionId, SmartAGId })
    expect(shown).toEqual({ DpiStatus: 'On', DpiMonitorStatus: 'Inactive', SlsRegion: regionId })
    expect(await world().refused(operation, { RegionId: regionId, SmartAGId })).toBe('IncorrectStatus')
  })

  test('InvalidSmartAGId.NotFound: not there, of another account', async () => {
    for (const SmartAGId of ['sag-none', await world().addInstance({ accountId: otherAccountId })])
      expect(await world().refused(operation, { RegionId: regionId, SmartAGId })).toBe('InvalidSmartAGId.NotFound')
  })
})
