import { expect, test } from 'vitest'
import { addBox, type factoryBox, testQueriedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { leasedBox } from '../../testing/routing.suite.ts'
import { describeSagPortRouteProtocolList as operation } from './describe-sag-port-route-protocol-list.ts'

testOperation(operation, (world) => {
  testQueriedBox(world, { operation })

  test('shows each port with what it speaks and who answers; of leased lines also the VLAN', async () => {
    const id = await world().addInstance()
    const shown = async (report: Partial<typeof factoryBox>) => {
      const SmartAGSn = await addBox(world(), id, {}, report)
      const { Ports } = await world().call(operation, { RegionId: regionId, SmartAGId: id, SmartAGSn })
      return Ports
    }
    const own = [
      { PortName: '5', RouteProtocol: 'STATIC', Status: 'DOWN' },
      { PortName: '4', RouteProtocol: 'OSPF', Status: 'UP', NeighborIp: '10.1.0.250' },
    ]
    expect(await shown({})).toEqual(own)
    expect(await shown(leasedBox)).toEqual([
      ...own,
      { PortName: '0', Vlan: '10', RouteProtocol: 'BGP', Status: 'DOWN', RemoteIp: '10.7.0.2', RemoteAs: '65010' },
    ])
  })
})
