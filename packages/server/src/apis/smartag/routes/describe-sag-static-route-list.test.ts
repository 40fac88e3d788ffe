import { expect, test } from 'vitest'
import { addBox, testQueriedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagStaticRouteList as operation } from './describe-sag-static-route-list.ts'

testOperation(operation, (world) => {
  const shown = (SmartAGId: string, SmartAGSn: string) =>
    world().call(operation, { RegionId: regionId, SmartAGId, SmartAGSn })

  testQueriedBox(world, { operation })

  test('lists what the device says is set', async () => {
    const id = await world().addInstance()
    const routes = [{ port: '4', vlan: 0, to: '10.50.0.0/24', via: '10.1.0.250' }]
    const serial = await addBox(world(), id, {}, { staticRoutes: routes })
    expect((await shown(id, serial)).StaticRoutes).toEqual([
      { PortName: '4', Vlan: '0', DestinationCidr: '10.50.0.0/24', NextHop: '10.1.0.250' },
    ])
  })

  test('VersionNotSupport: a program that tells of its ports and of no routes', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id, { capabilities: 'config-trial box' })
    expect(await shown(id, serial)).toMatchObject({ TaskStates: [{ State: 'VersionNotSupport' }] })
  })
})
