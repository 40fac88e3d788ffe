import { expect, test } from 'vitest'
import { addFirmware } from '../../../store/gateways/firmware.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, grant } from '../../testing/networks.suite.ts'
import { updateSmartAccessGatewayVersion as operation } from './update-smart-access-gateway-version.ts'

testOperation(operation, (world) => {
  function request(SmartAGId: string, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
    return { RegionId: regionId, SmartAGId, VersionCode: '2.4.0.0', ...more }
  }

  function refused(SmartAGId: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    return world().refused(operation, request(SmartAGId, more))
  }

  async function offer(version: string): Promise<void> {
    const firmware = { model: 'sag-1000', version, name: version, type: 'release', createdAt: 0 } as const
    await world().store.write((tx) => addFirmware(tx, firmware))
  }

  async function pair(): Promise<{ id: string; active: string; standby: string }> {
    const id = await world().addInstance()
    await addCcn(world(), {}, id)
    await offer('2.4.0.0')
    return { id, active: await world().addDevice(id), standby: await world().addDevice(id) }
  }

  test('the named device is upgraded, and only it', async () => {
    const { id, active } = await pair()
    expect(await world().call(operation, request(id, { SerialNumber: active, VersionCode: '2.4' }))).toEqual({})
    expect(world().gateways.requests).toEqual([`upgrade ${active} 2.4.0.0`])
  })

  test('without a serial number all that are online and older are, the standby first', async () => {
    const { id, active, standby } = await pair()
    await world().call(operation, request(id))
    await world().setDevice(standby, { version: '2.4.0.0' })
    await world().call(operation, request(id))
    expect(world().gateways.requests).toEqual([
      `upgrade ${standby} 2.4.0.0`,
      `upgrade ${active} 2.4.0.0`,
      `upgrade ${active} 2.4.0.0`,
    ])
  })

  test('a device of another model than the firmware is for is left alone', async () => {
    const { id, active, standby } = await pair()
    // The operator corrected its model after it was bound.
    await world().fleet.editDevice(standby, { model: 'sag-100wm' })
    const offered = { model: 'sag-100wm', version: '2.4.0.0', name: '', type: 'release', createdAt: 0 } as const
    await world().call(operation, request(id, { SerialNumber: active }))
    await world().store.write((tx) => addFirmware(tx, offered))
    await world().call(operation, request(id))
    // One call upgrades by one firmware: that of the device it asks first.
    expect(world().gateways.requests).toEqual([`upgrade ${active} 2.4.0.0`, `upgrade ${standby} 2.4.0.0`])
  })

  test('InvalidId.SMARTAG: malformed, unknown, in another region, or an App; before whose it is', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    const app = await world().addInstance({ kind: 'app' })
    for (const id of ['gateway', 'sag-none', app]) expect(await refused(id)).toBe('InvalidId.SMARTAG')
    expect(await refused(foreign, { RegionId: 'cn-hangzhou' })).toBe('InvalidId.SMARTAG')
  })

  test("Forbidden: another account's; before its state", async () => {
    const id = await world().addInstance({ accountId: otherAccountId, state: 'received' })
    expect(await refused(id)).toBe('Forbidden')
  })

  test("PermissionError: another account's that was granted to a CCN of the caller; before its state", async () => {
    const id = await world().addInstance({ accountId: otherAccountId, state: 'received' })
    await grant(world(), id, await addCcn(world()))
    expect(await refused(id)).toBe('PermissionError')
  })

  test('SmartAccessGatewayNotActivated before its arrears', async () => {
    const id = await world().addInstance({ state: 'received' })
    await world().fleet.setOverdue(id, world().now)
    expect(await refused(id)).toBe('SmartAccessGatewayNotActivated')
  })

  test('SmartAccessGatewayInArrears before the CCN', async () => {
    const id = await world().addInstance()
    await world().fleet.expire(id, world().now)
    expect(await refused(id)).toBe('SmartAccessGatewayInArrears')
  })

  test('NotBoundCCN before the device', async () => {
    expect(await refused(await world().addInstance(), { SerialNumber: 'sag1' })).toBe('NotBoundCCN')
  })

  test('Sag.DeviceNotExist: unknown, or of another instance, though none is online', async () => {
    const { active } = await pair()
    const id = await world().addInstance()
    await addCcn(world(), {}, id)
    for (const SerialNumber of ['sag1', active]) expect(await refused(id, { SerialNumber })).toBe('Sag.DeviceNotExist')
  })

  test('SmartAccessGatewayNotOnline: not connected, or it went meanwhile; before the version', async () => {
    const { id, active, standby } = await pair()
    await world().setDevice(standby, { connected: false })
    expect(await refused(id, { SerialNumber: standby, VersionCode: '9.9' })).toBe('SmartAccessGatewayNotOnline')
    world().gateways.outcome = 'unreachable'
    world().gateways.meanwhile = () => world().setDevice(active, { connected: false })
    expect(await refused(id)).toBe('SmartAccessGatewayNotOnline')
    expect(world().gateways.requests).toHaveLength(1)
  })

  test('GetSmartAccessGatewayVersionError: not on offer, even if it were older', async () => {
    const { id } = await pair()
    for (const VersionCode of ['2.5.0.0', '1.0', 'newest']) {
      expect(await refused(id, { VersionCode })).toBe('GetSmartAccessGatewayVersionError')
    }
    expect(await refused(id, { VersionType: 'Dpi' })).toBe('GetSmartAccessGatewayVersionError')
  })

  test('VersionTooOld: the device runs it, or a newer one', async () => {
    const { id } = await pair()
    await offer('2.3.1.1')
    await offer('2.0.0.0')
    for (const VersionCode of ['2.3.1.1', '2.0.0.0']) expect(await refused(id, { VersionCode })).toBe('VersionTooOld')
    expect(world().gateways.requests).toEqual([])
  })

  test('GetSmartAccessGatewayStateError: connected, and it does not answer', async () => {
    const { id } = await pair()
    world().gateways.outcome = 'unreachable'
    expect(await refused(id)).toBe('GetSmartAccessGatewayStateError')
  })

  test('FeatureNotSupport: it says that it cannot, and the active device is left alone', async () => {
    const { id, standby } = await pair()
    world().gateways.outcome = 'refused'
    expect(await refused(id)).toBe('FeatureNotSupport')
    expect(world().gateways.requests).toEqual([`upgrade ${standby} 2.4.0.0`])
  })
})
