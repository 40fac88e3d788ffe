import { expect, test } from 'vitest'
import { addBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { newerKind, testNewerBox } from '../../testing/newer-box.suite.ts'
import { viewSmartAccessGatewayPortRouteProtocol as operation } from './view-smart-access-gateway-port-route-protocol.ts'

testOperation(operation, (world) => {
  testNewerBox(world, operation)

  test('shows what the device said', async () => {
    const id = await world().addInstance()
    const SagSn = await addBox(world(), id, newerKind)
    const shown = await world().call(operation, { RegionId: regionId, SagInsId: id, SagSn })
    expect(shown).toMatchObject({
      Ports: [
        { PortName: '5', Status: 'DOWN' },
        { PortName: '4', RouteProtocol: 'OSPF', Status: 'UP' },
      ],
    })
    expect(shown).toMatchObject({ TaskStates: [{ State: 'Succeed' }] })
  })
})
