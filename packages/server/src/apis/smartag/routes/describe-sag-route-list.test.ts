import { expect, test } from 'vitest'
import { addBox, saysRoutes, testQueriedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { change, setBlocks } from '../../testing/networks.suite.ts'
import { addRival, someRoutes } from '../../testing/routes.suite.ts'
import { describeSagRouteList as operation } from './describe-sag-route-list.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, SmartAGSn: string) => ({ RegionId: regionId, SmartAGId, SmartAGSn })

  testQueriedBox(world, { operation }, { hasTasks: false })

  test('lists the routes the device said it has; those into its branch with what others have of them', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    expect(await world().call(operation, request(id, serial))).toEqual({ Routes: [] })
    await saysRoutes(world(), serial, someRoutes)
    // Its own blocks are in no conflict with the routes to them.
    await setBlocks(world(), id, '10.1.0.0/24')
    await addRival(world(), id)
    const block = { DestinationCidr: '10.1.0.0/24', NextHop: '0.0.0.0', PortName: '4', RouteProtocol: 'STATIC' }
    const learnt = { DestinationCidr: '10.50.0.0/16', NextHop: '10.1.0.250', PortName: '4', RouteProtocol: 'OSPF' }
    const ofCloud = { DestinationCidr: '10.9.0.0/24', NextHop: '198.19.0.4', PortName: '-1', RouteProtocol: 'BGP' }
    const away = { DestinationCidr: '0.0.0.0/0', NextHop: '203.0.113.1', PortName: '5', RouteProtocol: 'STATIC' }
    expect(await world().call(operation, request(id, serial))).toEqual({
      Routes: [
        { ...block, Cost: '[0/0]', ConflictCidrs: [] },
        { ...learnt, Cost: '[110/20]', ConflictCidrs: ['10.50.7.0/24'] },
        { ...ofCloud, Cost: '[20/0]', ConflictCidrs: [] },
        { ...away, Cost: '[0/0]', ConflictCidrs: [] },
      ],
    })
  })

  test('SmartAccessGatewayNotOnline: what it said before counts for nothing; FeatureNotSupport: it does not say it', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    await saysRoutes(world(), serial, someRoutes)
    await world().setDevice(serial, { connected: false })
    expect(await world().refused(operation, request(id, serial))).toBe('SmartAccessGatewayNotOnline')
    await world().setDevice(serial, { connected: true, capabilities: 'config-trial box' })
    expect(await world().refused(operation, request(id, serial))).toBe('FeatureNotSupport')
  })

  test('a device that was bound anew has said nothing of its routes', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    await saysRoutes(world(), serial, someRoutes)
    await change(world(), ({ gatewayConfigs }) => gatewayConfigs.rebound(serial, id))
    expect(await world().call(operation, request(id, serial))).toEqual({ Routes: [] })
  })
})
