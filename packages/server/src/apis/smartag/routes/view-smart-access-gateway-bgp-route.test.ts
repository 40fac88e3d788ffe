import { expect, test } from 'vitest'
import { addBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { newerKind, testNewerBox } from '../../testing/newer-box.suite.ts'
import { viewSmartAccessGatewayBgpRoute as operation } from './view-smart-access-gateway-bgp-route.ts'

testOperation(operation, (world) => {
  testNewerBox(world, operation)

  test('shows what the device said', async () => {
    const id = await world().addInstance()
    const SagSn = await addBox(world(), id, newerKind)
    const shown = await world().call(operation, { RegionId: regionId, SagInsId: id, SagSn })
    expect(shown).toMatchObject({ RouterId: '10.1.0.1', LocalAs: 12_345, KeepAlive: 3, HoldTime: 9 })
    expect(shown).toMatchObject({ TaskStates: [{ State: 'Succeed' }] })
  })
})
