import { expect, test } from 'vitest'
import { addBox, saysRoutes } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { newerKind, testNewerBox } from '../../testing/newer-box.suite.ts'
import { addRival, someRoutes } from '../../testing/routes.suite.ts'
import { viewSmartAccessGatewayRoutes as operation } from './view-smart-access-gateway-routes.ts'

testOperation(operation, (world) => {
  testNewerBox(world, operation)

  const request = (SagInsId: string, SagSn: string, more: Readonly<Record<string, string>> = {}) => ({
    RegionId: regionId,
    SagInsId,
    SagSn,
    ...more,
  })
  const refused = (id: string, serial: string, more = {}) => world().refused(operation, request(id, serial, more))

  test('lists the routes the device said it has while it is connected, and none before it has said any', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id, newerKind)
    expect(await world().call(operation, request(id, serial))).toEqual({ Routes: [] })
    await saysRoutes(world(), serial, someRoutes.slice(1))
    await addRival(world(), id)
    const learnt = { Dst: '10.50.0.0/16', Nexthop: '10.1.0.250', Idx: 4, Role: 'LAN', Type: 'ospf', Cost: '[110/20]' }
    const ofCloud = { Dst: '10.9.0.0/24', Nexthop: '198.19.0.4', Idx: -1, Type: 'bgp', Cost: '[20/0]' }
    const away = { Dst: '0.0.0.0/0', Nexthop: '203.0.113.1', Idx: 5, Role: 'WAN', Type: 'static', Cost: '[0/0]' }
    expect(await world().call(operation, request(id, serial))).toEqual({
      Routes: [
        { ...learnt, ConflictCidrs: ['10.50.7.0/24'] },
        { ...ofCloud, ConflictCidrs: [] },
        { ...away, ConflictCidrs: [] },
      ],
    })
    await world().setDevice(serial, { capabilities: 'config-trial box' })
    expect(await refused(id, serial)).toBe('FeatureNotSupport')
    await world().setDevice(serial, { connected: false })
    expect(await refused(id, serial)).toBe('SmartAccessGatewayNotOnline')
  })
})
