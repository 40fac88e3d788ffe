import { expect, test } from 'vitest'
import { addBox } from '../../testing/box.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { updateSmartAccessGatewayWanSnat as operation } from './update-smart-access-gateway-wan-snat.ts'

testOperation(operation, (world) => {
  const kind = { model: 'SCG5000', version: '3.4.2.0' } as const
  const request = (SagInsId: string, SagSn: string, more: Readonly<Record<string, string>> = {}) => ({
    RegionId: regionId,
    SagInsId,
    SagSn,
    Snat: '1',
    ...more,
  })
  const refused = (id: string, serial: string, more = {}) => world().refused(operation, request(id, serial, more))

  test('MissParameter.GatewayId: no instance', async () => {
    expect(await refused('', 'sag1')).toBe('MissParameter.GatewayId')
  })

  test('InvalidId.SMARTAG: unknown, of another account, or asked for in the name of another', async () => {
    expect(await refused('sag-none', 'sag1')).toBe('InvalidId.SMARTAG')
    const id = await world().addInstance({ accountId: otherAccountId })
    expect(await refused(id, 'sag1')).toBe('InvalidId.SMARTAG')
    expect(await refused(id, 'sag1', { CrossAccount: 'true', ResourceUid: otherAccountId })).toBe('InvalidId.SMARTAG')
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

  test('MissParameter.Snat and InvalidParameter.Snat, before the instance', async () => {
    expect(await refused('sag-none', 'sag1', { Snat: '' })).toBe('MissParameter.Snat')
    expect(await refused('sag-none', 'sag1', { Snat: '2' })).toBe('InvalidParameter.Snat')
  })

  test('ConfigUnsynchronized, ConfigSynchronizing, ResourceInOperating, ResourceConfiguring: it is busy with something else', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id, { ...kind, synStatus: 'Unsynchronized' })
    expect(await refused(id, serial)).toBe('ConfigUnsynchronized')
    await world().setDevice(serial, { synStatus: 'Synchronizing' })
    expect(await refused(id, serial)).toBe('ConfigSynchronizing')
    await world().setDevice(serial, { synStatus: 'Synchronized', restartingSince: world().now })
    expect(await refused(id, serial)).toBe('ResourceInOperating')
    const other = await world().addInstance()
    expect(await refused(other, await addBox(world(), other, { ...kind, configOnTrial: true }))).toBe(
      'ResourceConfiguring',
    )
  })

  test('its gateway is told; a program that does not tell of its ports is not', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id, kind)
    world().told.length = 0
    const done = { Code: '200', Success: true, Message: 'Successful' }
    expect(await world().call(operation, request(id, serial))).toEqual(done)
    expect(world().told).toEqual([serial])
    await world().setDevice(serial, { capabilities: 'config-trial' })
    expect(await refused(id, serial)).toBe('FeatureNotSupport')
  })
})
