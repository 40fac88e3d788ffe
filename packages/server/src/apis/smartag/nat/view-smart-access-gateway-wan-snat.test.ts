import { expect, test } from 'vitest'
import { addBox, saysBox } from '../../testing/box.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { updateSmartAccessGatewayWanSnat } from './update-smart-access-gateway-wan-snat.ts'
import { viewSmartAccessGatewayWanSnat as operation } from './view-smart-access-gateway-wan-snat.ts'

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

  test('shows what the device said, and how far what was set is', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id, kind)
    expect(await world().call(operation, request(id, serial))).toMatchObject({
      Snat: '0',
      TaskStates: [{ State: 'Succeed' }],
    })
    await world().call(updateSmartAccessGatewayWanSnat, request(id, serial, { Snat: '1' }))
    expect(await world().call(operation, request(id, serial))).toMatchObject({
      Snat: '0',
      TaskStates: [{ State: 'Initialized', ErrorCode: '202' }],
    })
    await saysBox(world(), id, serial, { snat: true })
    expect(await world().call(operation, request(id, serial))).toMatchObject({
      Snat: '1',
      TaskStates: [{ State: 'Succeed' }],
    })
  })
})
