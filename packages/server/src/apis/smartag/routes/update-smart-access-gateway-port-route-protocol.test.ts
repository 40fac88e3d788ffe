import { expect, test } from 'vitest'
import { addBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { newerKind, testChangedNewerBox, testNewerBox } from '../../testing/newer-box.suite.ts'
import { updateSmartAccessGatewayGlobalRouteProtocol } from './update-smart-access-gateway-global-route-protocol.ts'
import { updateSmartAccessGatewayPortRouteProtocol as operation } from './update-smart-access-gateway-port-route-protocol.ts'

testOperation(operation, (world) => {
  const more = { PortName: '5', RouteProtocol: 'OSPF' }
  testNewerBox(world, operation, more)
  testChangedNewerBox(world, operation, more)

  const onBox = async (given = {}) => {
    const id = await world().addInstance()
    const SagSn = await addBox(world(), id, { ...newerKind, ...given })
    return { RegionId: regionId, SagInsId: id, SagSn, ...more }
  }

  test('MissParameter and InvalidParameter, by the name of the parameter, before the instance', async () => {
    const request = { RegionId: regionId, SagInsId: 'sag-none', SagSn: 'sag1', ...more }
    for (const [name, code] of [
      ['PortName', 'PortName'],
      ['RouteProtocol', 'RouteType'],
    ] as const)
      expect(await world().refused(operation, { ...request, [name]: '' })).toBe(`MissParameter.${code}`)
    for (const [name, value] of [
      ['RouteProtocol', 'RIP'],
      ['Vlan', '4095'],
      ['RemoteIp', '224.0.0.1'],
      ['RemoteAs', '0'],
    ] as const)
      expect(await world().refused(operation, { ...request, [name]: value })).toBe(`InvalidParameter.${name}`)
  })

  test('InvalidParameter.PortName: no port that leads somewhere; InvalidParameter.RouteProtocol: not that of the device', async () => {
    const request = await onBox()
    for (const other of [{ PortName: '2' }, { Vlan: '10' }])
      expect(await world().refused(operation, { ...request, ...other })).toBe('InvalidParameter.PortName')
    expect(await world().refused(operation, { ...request, RouteProtocol: 'BGP' })).toBe(
      'InvalidParameter.RouteProtocol',
    )
  })

  test('InvalidParameter.RemoteIp and .RemoteAs: BGP without its neighbour; then it is set', async () => {
    const { RouteProtocol: _, ...request } = await onBox()
    const set = { RouteProtocol: 'BGP', RemoteIp: '10.1.0.250', RemoteAs: '65010' }
    await world().call(updateSmartAccessGatewayGlobalRouteProtocol, { ...request, RouteProtocol: 'BGP' })
    for (const name of ['RemoteIp', 'RemoteAs'])
      expect(await world().refused(operation, { ...request, ...set, [name]: '' })).toBe(`InvalidParameter.${name}`)
    await world().call(operation, { ...request, ...set })
    expect((await settingsOf(world(), request.SagSn)).portProtocols?.[0]).toEqual({
      port: '5',
      vlan: 0,
      protocol: 'BGP',
      remote: { ip: '10.1.0.250', as: 65_010 },
    })
  })
})
