import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { addMfaDevice, addUser, bindMfaDevice, testNames } from '../testing.suite.ts'
import { unbindMfaDevice as operation } from './unbind-mfa-device.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice' }

  test('takes the device from the user; another user can have it then', async () => {
    await addUser(world())
    await addUser(world(), 'bob')
    const device = await addMfaDevice(world())
    await bindMfaDevice(world(), 'alice', device)
    expect(await world().call(operation, given)).toEqual({ MFADevice: { SerialNumber: device.serial } })
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User.MFADevice')
    world().wallNow += 60_000
    await bindMfaDevice(world(), 'bob', device)
  })

  test('EntityNotExist: user, then device', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
    await addUser(world())
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User.MFADevice')
  })

  testNames(operation, world, given, 'UserName')
})
