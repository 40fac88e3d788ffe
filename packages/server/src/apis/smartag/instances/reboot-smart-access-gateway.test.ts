import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { rebootSmartAccessGateway as operation } from './reboot-smart-access-gateway.ts'

testOperation(operation, (world) => {
  function request(SmartAGId: string, SerialNumber?: string): Readonly<Record<string, string>> {
    return { RegionId: regionId, SmartAGId, ...(SerialNumber === undefined ? {} : { SerialNumber }) }
  }

  function refused(id: string, serial?: string): Promise<string> {
    return world().refused(operation, request(id, serial))
  }

  async function pair(): Promise<{ id: string; active: string; standby: string }> {
    const id = await world().addInstance()
    return { id, active: await world().addDevice(id), standby: await world().addDevice(id) }
  }

  test('the named device restarts, and only it', async () => {
    const { id, active } = await pair()
    expect(await world().call(operation, request(id, active))).toEqual({})
    expect(world().gateways.requests).toEqual([`reboot ${active}`])
  })

  test('without a serial number all that are online restart, the standby first', async () => {
    const { id, active, standby } = await pair()
    await world().call(operation, request(id))
    await world().setDevice(standby, { connected: false })
    await world().call(operation, request(id))
    expect(world().gateways.requests).toEqual([`reboot ${standby}`, `reboot ${active}`, `reboot ${active}`])
  })

  test('SAG.InstanceNoFound: unknown, or of another account; before the device', async () => {
    expect(await refused('sag-none', 'sag1')).toBe('SAG.InstanceNoFound')
    const foreign = await world().addInstance({ kind: 'app', accountId: otherAccountId })
    expect(await refused(foreign, 'sag1')).toBe('SAG.InstanceNoFound')
  })

  test('SAG.SoftwareNotSupport: an App; before the device', async () => {
    expect(await refused(await world().addInstance({ kind: 'app' }), 'sag1')).toBe('SAG.SoftwareNotSupport')
  })

  test('Sag.DeviceNotExist: unknown, or of another instance, though none is online', async () => {
    const { active } = await pair()
    const id = await world().addInstance()
    for (const serial of ['sag1', active]) expect(await refused(id, serial)).toBe('Sag.DeviceNotExist')
  })

  test('SmartAccessGatewayNotOnline: no device, none connected, or it does not answer', async () => {
    expect(await refused(await world().addInstance())).toBe('SmartAccessGatewayNotOnline')
    const { id, active, standby } = await pair()
    await world().setDevice(active, { connected: false })
    expect(await refused(id, active)).toBe('SmartAccessGatewayNotOnline')
    world().gateways.outcome = 'unreachable'
    expect(await refused(id, standby)).toBe('SmartAccessGatewayNotOnline')
    expect(world().gateways.requests).toEqual([`reboot ${standby}`])
  })

  test('FeatureNotSupport: it says that it cannot, and the active device is left alone', async () => {
    const { id, standby } = await pair()
    world().gateways.outcome = 'refused'
    expect(await refused(id)).toBe('FeatureNotSupport')
    expect(world().gateways.requests).toEqual([`reboot ${standby}`])
  })
})
