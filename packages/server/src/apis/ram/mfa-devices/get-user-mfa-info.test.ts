import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { addMfaDevice, addUser, bindMfaDevice, testNames } from '../testing.suite.ts'
import { getUserMfaInfo as operation } from './get-user-mfa-info.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice' }

  test('shows the device that is bound to the user', async () => {
    await addUser(world())
    const device = await addMfaDevice(world())
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User.MFADevice')
    await bindMfaDevice(world(), 'alice', device)
    expect(await world().call(operation, given)).toEqual({ MFADevice: { SerialNumber: device.serial, Type: 'VMFA' } })
  })

  test('EntityNotExist.User', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
  })

  testNames(operation, world, given, 'UserName')
})
