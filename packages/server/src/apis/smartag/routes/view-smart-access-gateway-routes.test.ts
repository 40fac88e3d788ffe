import { expect, test } from 'vitest'
import { addBox, saysRoutes } from '../../testing/box.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addRival, someRoutes } from '../../testing/routes.suite.ts'
import { viewSmartAccessGatewayRoutes as operation } from './view-smart-access-gateway-routes.ts'

testOperation(operation, (world) => {
  const kind = { model: 'SCG5000', version: '3.4.2.0' } as const
  const request = (SagInsId: string, SagSn: string, more: Readonly<Record<string, string>> = {}) => ({
    RegionId: regionId,
    SagInsId,
    SagSn,
    ...more,
  })
  const refused = (id: string, serial: string, more = {}) => world().refused(operation, request(id, serial, more))

  test('MissParameter.GatewayId: no instance', async () => {
    expect(await refused('', 'sag1')).toBe('MissParameter.GatewayId')
  })

  test('SAG.InstanceNoFound: unknown, of another account, or asked for in the name of another', async () => {
    expect(await refused('sag-none', 'sag1')).toBe('SAG.InstanceNoFound')
    const id = await world().addInstance({ accountId: otherAccountId })
    expect(await refused(id, 'sag1')).toBe('SAG.InstanceNoFound')
    expect(await refused(id, 'sag1', { CrossAccount: 'true', ResourceUid: otherAccountId })).toBe('SAG.InstanceNoFound')
  })

  test('SAG.SoftwareNotSupport and SmartAccessGatewayNotActivated, before the device', async () => {
    expect(await refused(await world().addInstance({ kind: 'app' }), 'x')).toBe('SAG.SoftwareNotSupport')
    expect(await refused(await world().addInstance({ state: 'received' }), 'x')).toBe('SmartAccessGatewayNotActivated')
  })

  test('GATEWAY.InvalidSN: nobody has it; DeviceNotExist: another instance has it', async () => {
    const id = await world().addInstance()
    for (const serial of ['', 'sag-none']) expect(await refused(id, serial)).toBe('GATEWAY.InvalidSN')
    expect(await refused(id, await addBox(world(), await world().addInstance(), kind))).toBe('DeviceNotExist')
  })

  test('InvalidSpec.FeatureNotSupport: another model; FeatureNotSupport: an older version', async () => {
    const id = await world().addInstance()
    expect(await refused(id, await addBox(world(), id))).toBe('InvalidSpec.FeatureNotSupport')
    expect(await refused(id, await addBox(world(), id, { ...kind, version: '3.4.1.0' }))).toBe('FeatureNotSupport')
  })

  test('SmartAccessGatewayNotOnline: it has said nothing and is away', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id, { ...kind, connected: false })
    expect(await refused(id, serial)).toBe('SmartAccessGatewayNotOnline')
  })

  test('lists the routes the device said it has while it is connected, and none before it has said any', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id, kind)
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
