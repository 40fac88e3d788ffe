import { expect, test } from 'vitest'
import { addBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { newerKind, testChangedNewerBox, testNewerBox } from '../../testing/newer-box.suite.ts'
import { updateSmartAccessGatewayGlobalRouteProtocol as operation } from './update-smart-access-gateway-global-route-protocol.ts'

testOperation(operation, (world) => {
  const more = { RouteProtocol: 'BGP' }
  testNewerBox(world, operation, more)
  testChangedNewerBox(world, operation, more)

  const onBox = async (given = {}) => {
    const id = await world().addInstance()
    const SagSn = await addBox(world(), id, { ...newerKind, ...given })
    return { RegionId: regionId, SagInsId: id, SagSn, ...more }
  }

  test('MissParameter and InvalidParameter, by the name of the parameter, before the instance', async () => {
    const request = { RegionId: regionId, SagInsId: 'sag-none', SagSn: 'sag1', ...more }
    for (const [name, code] of [['RouteProtocol', 'RouteProtocol']] as const)
      expect(await world().refused(operation, { ...request, [name]: '' })).toBe(`MissParameter.${code}`)
    for (const [name, value] of [['RouteProtocol', 'RIP']] as const)
      expect(await world().refused(operation, { ...request, [name]: value })).toBe(`InvalidParameter.${name}`)
  })

  test('ports that speak the other protocol speak none from then on', async () => {
    const request = await onBox()
    await world().call(operation, { ...request, RouteProtocol: 'OSPF' })
    await world().call(operation, request)
    expect(await settingsOf(world(), request.SagSn)).toEqual({
      globalProtocol: 'BGP',
      portProtocols: [
        { port: '5', vlan: 0, protocol: 'STATIC' },
        { port: '4', vlan: 0, protocol: 'STATIC' },
      ],
    })
  })
})
