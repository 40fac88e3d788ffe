import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, putInto } from '../../testing/networks.suite.ts'
import { modifySagRemoteAccess } from '../device-access/modify-sag-remote-access.ts'
import { describeSagDeviceInfo as operation } from './describe-sag-device-info.ts'

testOperation(operation, (world) => {
  function refused(SmartAGId: string, SmartAGSn: string): Promise<string> {
    return world().refused(operation, { RegionId: regionId, SmartAGId, SmartAGSn })
  }

  test('in a network its tunnels are up while it is connected', async () => {
    const id = await world().addInstance()
    const [active, standby] = [await world().addDevice(id), await world().addDevice(id, { connected: false })]
    await putInto(world(), id, await addCcn(world()))
    const asked = { RegionId: regionId, SmartAGId: id }
    expect(await world().call(operation, { ...asked, SmartAGSn: active })).toMatchObject({ VpnState: 'Normal' })
    expect(await world().call(operation, { ...asked, SmartAGSn: standby })).toMatchObject({ VpnState: 'Abnormal' })
  })

  test('shows the device as it last reported itself', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id, {
      model: 'sag-100wm',
      synStatus: 'Unsynchronized',
      serviceIp: '42.0.0.151',
      startedAt: Date.UTC(2021, 5, 15, 17, 33, 43),
      lastSeenAt: Date.UTC(2021, 6, 14, 0, 27, 48),
    })
    expect(await world().call(operation, { RegionId: regionId, SmartAGId: id, SmartAGSn: serial })).toEqual({
      SmartAGType: 'sag-100wm',
      Version: '2.3.1.1',
      ControllerState: 'Normal',
      VpnState: 'Abnormal',
      SynStatus: 'Unsynchronized',
      ResettableStatus: 'Enabled',
      ServiceIP: '42.0.0.151',
      StartupTime: '2021-06-15 17:33:43',
      LastConnectedControllerTime: '2021-07-14 00:27:48',
    })
  })

  test('leaves out what a device that never connected has not said', async () => {
    const id = await world().addInstance({ kind: 'vcpe' })
    const serial = await world().addDevice(id, {
      model: 'sag-vcpe',
      version: '0.0.0.0',
      connected: false,
      resettable: false,
    })
    expect(await world().call(operation, { RegionId: regionId, SmartAGId: id, SmartAGSn: serial })).toEqual({
      SmartAGType: 'sag-vcpe',
      ControllerState: 'Abnormal',
      VpnState: 'Abnormal',
      SynStatus: 'Synchronizing',
      ResettableStatus: 'Disabled',
    })
  })

  test('is synchronizing until the newest configuration is in force, unless something was changed at the device', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id)
    const synStatus = async (): Promise<unknown> =>
      (await world().call(operation, { RegionId: regionId, SmartAGId: id, SmartAGSn: serial })).SynStatus
    expect(await synStatus()).toBe('Synchronized')
    const changed = { SmartAGId: id, SerialNumber: serial, RemoteAccessIp: '10.10.10.2' }
    await world().call(modifySagRemoteAccess, changed)
    expect(await synStatus()).toBe('Synchronizing')
    await world().setDevice(serial, { synStatus: 'Unsynchronized' })
    expect(await synStatus()).toBe('Unsynchronized')
    await world().setDevice(serial, { synStatus: 'Synchronized' })
    await world().applyConfig(id)
    expect(await synStatus()).toBe('Synchronized')
  })

  test('SAG.InstanceNoFound: absent, unknown, or of another account', async () => {
    expect(await world().refused(operation, { RegionId: regionId })).toBe('SAG.InstanceNoFound')
    expect(await refused('sag-none', 'sag1')).toBe('SAG.InstanceNoFound')
    expect(await refused(await world().addInstance({ accountId: otherAccountId }), 'sag1')).toBe('SAG.InstanceNoFound')
  })

  test('SAG.SoftwareNotSupport: an App, before the serial number is looked at', async () => {
    const id = await world().addInstance({ kind: 'app' })
    expect(await refused(id, 'sag1')).toBe('SAG.SoftwareNotSupport')
    expect(await world().refused(operation, { RegionId: regionId, SmartAGId: id })).toBe('SAG.SoftwareNotSupport')
  })

  test('InstanceNotExit: serial number absent, unknown, free, or of another instance', async () => {
    const id = await world().addInstance()
    expect(await world().refused(operation, { RegionId: regionId, SmartAGId: id })).toBe('InstanceNotExit')
    const elsewhere = await world().addDevice(await world().addInstance())
    for (const serial of ['sag-unknown', await world().addDevice(), elsewhere]) {
      expect(await refused(id, serial)).toBe('InstanceNotExit')
    }
  })
})
