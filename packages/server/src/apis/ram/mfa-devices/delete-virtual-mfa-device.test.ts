import { expect, test } from 'vitest'
import { accountId, otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { addMfaDevice, addUser, bindMfaDevice, look } from '../testing.suite.ts'
import { deleteVirtualMfaDevice as operation } from './delete-virtual-mfa-device.ts'
import { unbindMfaDevice } from './unbind-mfa-device.ts'

testOperation(operation, (world) => {
  test('deletes the device, and no other', async () => {
    const { serial } = await addMfaDevice(world())
    await addMfaDevice(world(), 'tablet')
    expect(await world().call(operation, { SerialNumber: serial })).toEqual({})
    const left = await look(world(), ({ mfaDevices }) => mfaDevices.devices(accountId))
    expect(left.map(({ name }) => name)).toEqual(['tablet'])
  })

  test.each([`acs:ram::${accountId}:mfa/none`, `acs:ram::${otherAccountId}:mfa/phone`, 'phone', 'acs:ram:::mfa/phone'])(
    'EntityNotExist.VirtualMFADevice: %s',
    async (SerialNumber) => {
      await addMfaDevice(world())
      expect(await world().refused(operation, { SerialNumber })).toBe('EntityNotExist.VirtualMFADevice')
    },
  )

  test('DeleteConflict.VirtualMFADevice.User: as long as somebody has it', async () => {
    await addUser(world())
    const device = await addMfaDevice(world())
    await bindMfaDevice(world(), 'alice', device)
    const given = { SerialNumber: device.serial }
    expect(await world().refused(operation, given)).toBe('DeleteConflict.VirtualMFADevice.User')
    await world().call(unbindMfaDevice, { UserName: 'alice' })
    expect(await world().call(operation, given)).toEqual({})
  })
})
