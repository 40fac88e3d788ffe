import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { getSmartAgDpiAttribute as operation } from './get-smart-ag-dpi-attribute.ts'

testOperation(operation, (world) => {
  test('before anything was set nothing is recognised', async () => {
    const SmartAGId = await world().addInstance()
    expect(await world().call(operation, { RegionId: regionId, SmartAGId })).toEqual({
      ...{ DpiStatus: 'Off', DpiMonitorStatus: 'Inactive', SlsRegion: regionId },
    })
  })

  test('InvalidSmartAGId.NotFound: not there, of another account', async () => {
    for (const SmartAGId of ['sag-none', await world().addInstance({ accountId: otherAccountId })])
      expect(await world().refused(operation, { RegionId: regionId, SmartAGId })).toBe('InvalidSmartAGId.NotFound')
  })
})
