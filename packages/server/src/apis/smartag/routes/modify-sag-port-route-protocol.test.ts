import { expect, test } from 'vitest'
import { addBox, testChangedBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { change } from '../../testing/networks.suite.ts'
import { leasedBox } from '../../testing/routing.suite.ts'
import { modifySagGlobalRouteProtocol } from './modify-sag-global-route-protocol.ts'
import { modifySagPortRouteProtocol as operation } from './modify-sag-port-route-protocol.ts'

testOperation(operation, (world) => {
  const more = { PortName: '5', RouteProtocol: 'OSPF' }
  testChangedBox(world, { operation, more }, { noInstance: 'SAG.InstanceNoFound' })

  const onBox = async () => {
    const id = await world().addInstance()
    const SmartAGSn = await addBox(world(), id, {}, leasedBox)
    return { RegionId: regionId, SmartAGId: id, SmartAGSn }
  }
  const remote = { RemoteIp: '10.1.0.250', RemoteAs: '65010' }

  test('InvalidParameter: a value that none can have', async () => {
    const request = { RegionId: regionId, SmartAGId: 'sag-none', SmartAGSn: 'sag1', ...more }
    for (const wrong of [
      { RouteProtocol: 'RIP' },
      { Vlan: '4095' },
      { RemoteIp: '224.0.0.1' },
      { RemoteAs: '0' },
      { RemoteAs: '4294967296' },
    ])
      expect(await world().refused(operation, { ...request, ...wrong })).toBe('InvalidParameter')
  })

  test('Sag.RouteProtocolPortNotExist: no port, one that leads nowhere, or a VLAN that is not there', async () => {
    const request = await onBox()
    for (const [PortName = '', Vlan = ''] of [
      ['9', '0'],
      ['2', '0'],
      ['4', '10'],
      ['0', '11'],
    ])
      expect(await world().refused(operation, { ...request, PortName, Vlan, RouteProtocol: 'OSPF' })).toBe(
        'Sag.RouteProtocolPortNotExist',
      )
  })

  test('Sag.EccRouteTypeError: anything but BGP on a leased line', async () => {
    const line = { ...(await onBox()), PortName: '0', Vlan: '10' }
    for (const RouteProtocol of ['OSPF', 'STATIC'])
      expect(await world().refused(operation, { ...line, RouteProtocol })).toBe('Sag.EccRouteTypeError')
    await world().call(operation, { ...line, RouteProtocol: 'BGP', ...remote })
  })

  test('a leased line that is set is a port before the device says so, and no more once it is taken away', async () => {
    const request = { ...(await onBox()), PortName: '0', RouteProtocol: 'BGP', ...remote }
    const place = { serial: request.SmartAGSn, instanceId: request.SmartAGId }
    const ecc = [{ port: '0', vlan: 11, ip: '10.8.0.1', length: 30 }]
    await change(world(), ({ boxes }) => boxes.set(place, 'ecc', ecc, { at: world().now, isGivenUp: false }))
    await world().call(operation, { ...request, Vlan: '11' })
    expect(await world().refused(operation, { ...request, Vlan: '10' })).toBe('Sag.RouteProtocolPortNotExist')
  })

  test('Sag.RouteTypeNotMatch: not the protocol of the device, as it is set or as it says it', async () => {
    const request = { ...(await onBox()), PortName: '5', ...remote }
    expect(await world().refused(operation, { ...request, RouteProtocol: 'BGP' })).toBe('Sag.RouteTypeNotMatch')
    await world().call(modifySagGlobalRouteProtocol, { ...request, RouteProtocol: 'BGP' })
    await world().call(operation, { ...request, RouteProtocol: 'BGP' })
    expect(await world().refused(operation, { ...request, RouteProtocol: 'OSPF' })).toBe('Sag.RouteTypeNotMatch')
    await world().call(operation, { ...request, RouteProtocol: 'STATIC' })
  })

  test('InvalidParameter: BGP without its neighbour', async () => {
    const request = { ...(await onBox()), PortName: '0', Vlan: '10', RouteProtocol: 'BGP' }
    for (const name of ['RemoteIp', 'RemoteAs'])
      expect(await world().refused(operation, { ...request, ...remote, [name]: '' })).toBe('InvalidParameter')
  })

  test('the other ports stay as they are; the protocol of the device is taken over as it is', async () => {
    const request = await onBox()
    await world().call(operation, { ...request, PortName: '5', RouteProtocol: 'OSPF', ...remote })
    expect(await settingsOf(world(), request.SmartAGSn)).toEqual({
      globalProtocol: 'OSPF',
      portProtocols: [
        { port: '5', vlan: 0, protocol: 'OSPF' },
        { port: '4', vlan: 0, protocol: 'OSPF' },
        { port: '0', vlan: 10, protocol: 'BGP', remote: { ip: '10.7.0.2', as: 65_010 } },
      ],
    })
  })
})
