import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { unbindSerialNumber as operation } from './unbind-serial-number.ts'

testOperation(operation, (world) => {
  function refused(SmartAGId: string, SerialNumber: string): Promise<string> {
    return world().refused(operation, { RegionId: regionId, SmartAGId, SerialNumber })
  }

  async function unbind(SmartAGId: string, SerialNumber: string): Promise<void> {
    expect(await world().call(operation, { RegionId: regionId, SmartAGId, SerialNumber })).toEqual({})
  }

  test('the device is free again', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id)
    await unbind(id, serial)
    expect(await world().fleet.device(serial)).toMatchObject({
      instanceId: undefined,
      role: undefined,
      boundAt: undefined,
    })
    expect((await world().fleet.instanceById(id))?.devices).toEqual([])
  })

  test('when the active device goes, the standby becomes active', async () => {
    const id = await world().addInstance()
    const [active, standby] = [await world().addDevice(id), await world().addDevice(id)]
    await unbind(id, active)
    const devices = (await world().fleet.instanceById(id))?.devices ?? []
    expect(devices.map(({ serial, role }) => ({ serial, role }))).toEqual([{ serial: standby, role: 'active' }])
  })

  test('when the standby goes, the active device stays active', async () => {
    const id = await world().addInstance()
    const [active, standby] = [await world().addDevice(id), await world().addDevice(id)]
    await unbind(id, standby)
    const devices = (await world().fleet.instanceById(id))?.devices ?? []
    expect(devices.map(({ serial, role }) => ({ serial, role }))).toEqual([{ serial: active, role: 'active' }])
  })

  test('SAG.InstanceIdEmpty: absent or blank', async () => {
    expect(await refused('', 'sag1')).toBe('SAG.InstanceIdEmpty')
    expect(await world().refused(operation, { RegionId: regionId, SerialNumber: 'sag1' })).toBe('SAG.InstanceIdEmpty')
  })

  test('SAG.InstanceNoFound: unknown, or of another account', async () => {
    expect(await refused('sag-none', 'sag1')).toBe('SAG.InstanceNoFound')
    const foreign = await world().addInstance({ accountId: otherAccountId })
    expect(await refused(foreign, await world().addDevice(foreign))).toBe('SAG.InstanceNoFound')
  })

  test('SAG.InvalidSerialNumber: unknown, free, or of another instance', async () => {
    const id = await world().addInstance()
    const elsewhere = await world().addDevice(await world().addInstance())
    for (const serial of ['sag-unknown', await world().addDevice(), elsewhere]) {
      expect(await refused(id, serial)).toBe('SAG.InvalidSerialNumber')
    }
    expect((await world().fleet.device(elsewhere))?.role).toBe('active')
  })

  test('SAG.InstanceNoFound comes before SAG.InvalidSerialNumber', async () => {
    expect(await refused('sag-none', 'sag-unknown')).toBe('SAG.InstanceNoFound')
  })

  test('MissingSerialNumber from the front door, before every code of the table', async () => {
    expect(await world().refused(operation, { RegionId: regionId })).toBe('MissingSerialNumber')
  })
})
