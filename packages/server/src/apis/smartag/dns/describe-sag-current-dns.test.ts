import { expect, test } from 'vitest'
import { addBox, testQueriedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagCurrentDns as operation } from './describe-sag-current-dns.ts'

testOperation(operation, (world) => {
  testQueriedBox(world, { operation }, { hasTasks: false })

  test('shows the servers that the device asks now, in their order', async () => {
    const id = await world().addInstance()
    const SmartAGSn = await addBox(world(), id)
    expect(await world().call(operation, { RegionId: regionId, SmartAGId: id, SmartAGSn })).toEqual({
      MasterDns: '203.0.113.53',
      SlaveDns: '203.0.113.54',
    })
  })

  test('SmartAccessGatewayNotOnline: the device is away; FeatureNotSupport: its program does not say it', async () => {
    const id = await world().addInstance()
    const SmartAGSn = await addBox(world(), id, { connected: false })
    const request = { RegionId: regionId, SmartAGId: id, SmartAGSn }
    expect(await world().refused(operation, request)).toBe('SmartAccessGatewayNotOnline')
    await world().setDevice(SmartAGSn, { connected: true, capabilities: 'config-trial box' })
    expect(await world().refused(operation, request)).toBe('FeatureNotSupport')
  })
})
