import { expect, test } from 'vitest'
import { addBox, saysBox, testQueriedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagGlobalRouteProtocol as operation } from './describe-sag-global-route-protocol.ts'
import { modifySagGlobalRouteProtocol } from './modify-sag-global-route-protocol.ts'

testOperation(operation, (world) => {
  testQueriedBox(world, { operation })

  test('shows what the device said; a program that knows nothing of it is VersionNotSupport', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    const request = { RegionId: regionId, SmartAGId: id, SmartAGSn: serial }
    const seen = () => world().call(operation, request)
    await world().call(modifySagGlobalRouteProtocol, { ...request, RouteProtocol: 'BGP' })
    expect(await seen()).toMatchObject({ RouteProtocol: 'OSPF', TaskStates: [{ State: 'Initialized' }] })
    await saysBox(world(), id, serial, {})
    expect(await seen()).toMatchObject({ RouteProtocol: 'OSPF', TaskStates: [{ State: 'Succeed' }] })
    await world().setDevice(serial, { capabilities: 'config-trial box' })
    expect(await seen()).toMatchObject({ TaskStates: [{ State: 'VersionNotSupport' }] })
  })
})
