import { expect, test } from 'vitest'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { testChangedNewerBox, testNewerBox } from '../../testing/newer-box.suite.ts'
import { updateSmartAccessGatewayWanSnat as operation } from './update-smart-access-gateway-wan-snat.ts'

testOperation(operation, (world) => {
  const more = { Snat: '1' }
  testNewerBox(world, operation, more, 'InvalidId.SMARTAG')
  testChangedNewerBox(world, operation, more)

  test('MissParameter.Snat and InvalidParameter.Snat, before the instance', async () => {
    const none = { RegionId: regionId, SagInsId: 'sag-none', SagSn: 'sag1' }
    expect(await world().refused(operation, { ...none, Snat: '' })).toBe('MissParameter.Snat')
    expect(await world().refused(operation, { ...none, Snat: '2' })).toBe('InvalidParameter.Snat')
  })
})
