import { expect, test } from 'vitest'
import { addBox, testChangedBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { leasedBox } from '../../testing/routing.suite.ts'
import { modifySagGlobalRouteProtocol as operation } from './modify-sag-global-route-protocol.ts'

testOperation(operation, (world) => {
  testChangedBox(world, { operation, more: { RouteProtocol: 'BGP' } }, { noInstance: 'SAG.InstanceNoFound' })

  test('InvalidParameter: no protocol of these', async () => {
    const request = { RegionId: regionId, SmartAGId: 'sag-none', SmartAGSn: 'sag1' }
    expect(await world().refused(operation, { ...request, RouteProtocol: 'RIP' })).toBe('InvalidParameter')
  })

  test('a program that does not speak of its routing: FeatureNotSupport; one that is about to: ResourceConfiguring', async () => {
    const id = await world().addInstance()
    const SmartAGSn = await addBox(world(), id, { capabilities: 'config-trial box' }, { routing: undefined })
    const request = { RegionId: regionId, SmartAGId: id, SmartAGSn, RouteProtocol: 'BGP' }
    expect(await world().refused(operation, request)).toBe('FeatureNotSupport')
    await world().setDevice(SmartAGSn, { capabilities: 'config-trial box box-routing' })
    expect(await world().refused(operation, request)).toBe('ResourceConfiguring')
  })

  test('ports that speak the other protocol speak none from then on; leased lines go on', async () => {
    const id = await world().addInstance()
    const SmartAGSn = await addBox(world(), id, {}, leasedBox)
    const set = (RouteProtocol: string) =>
      world().call(operation, { RegionId: regionId, SmartAGId: id, SmartAGSn, RouteProtocol })
    const line = { port: '0', vlan: 10, protocol: 'BGP', remote: { ip: '10.7.0.2', as: 65_010 } }
    await set('OSPF')
    expect(await settingsOf(world(), SmartAGSn)).toEqual({
      globalProtocol: 'OSPF',
      portProtocols: [{ port: '5', vlan: 0, protocol: 'STATIC' }, { port: '4', vlan: 0, protocol: 'OSPF' }, line],
    })
    await set('BGP')
    expect(await settingsOf(world(), SmartAGSn)).toEqual({
      globalProtocol: 'BGP',
      portProtocols: [{ port: '5', vlan: 0, protocol: 'STATIC' }, { port: '4', vlan: 0, protocol: 'STATIC' }, line],
    })
  })
})
