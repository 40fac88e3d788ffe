import { expect, test } from 'vitest'
import { accountId, testOperation } from '../../testing/harness.suite.ts'
import { type Authenticator, addMfaDevice, addUser, bindMfaDevice, look, testNames } from '../testing.suite.ts'
import { bindMfaDevice as operation } from './bind-mfa-device.ts'
import { unbindMfaDevice } from './unbind-mfa-device.ts'

testOperation(operation, (world) => {
  const codes = { AuthenticationCode1: '000000', AuthenticationCode2: '000001' }
  const given = { SerialNumber: `acs:ram::${accountId}:mfa/phone`, UserName: 'alice', ...codes }
  const with2 = (device: Authenticator, first: number, second: number) => ({
    ...given,
    AuthenticationCode1: device.code(first),
    AuthenticationCode2: device.code(second),
  })

  test.each([
    [-2, -1],
    [-1, 0],
    [0, 1],
  ])('binds with codes that follow one another: %i and %i', async (first, second) => {
    const user = await addUser(world())
    const device = await addMfaDevice(world())
    expect(await world().call(operation, with2(device, first, second))).toEqual({})
    expect(await look(world(), ({ mfaDevices }) => mfaDevices.of(user.id))).toMatchObject({ name: 'phone' })
  })

  test.each([
    [0, 0],
    [1, 0],
    [-1, 1],
    [-3, -2],
    [1, 2],
  ])('CheckAuthenticationCodeFail: the codes %i and %i', async (first, second) => {
    await addUser(world())
    const device = await addMfaDevice(world())
    expect(await world().refused(operation, with2(device, first, second))).toBe('CheckAuthenticationCodeFail')
  })

  test('CheckAuthenticationCodeFail: codes that were used to bind it before', async () => {
    await addUser(world())
    const device = await addMfaDevice(world())
    await bindMfaDevice(world(), 'alice', device)
    await world().call(unbindMfaDevice, { UserName: 'alice' })
    expect(await world().refused(operation, with2(device, -1, 0))).toBe('CheckAuthenticationCodeFail')
    expect(await world().refused(operation, with2(device, 0, 1))).toBe('CheckAuthenticationCodeFail')
    world().wallNow += 30_000
    expect(await world().call(operation, with2(device, 0, 1))).toEqual({})
  })

  test('EntityNotExist: user, then device', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
    await addUser(world())
    expect(await world().refused(operation, given)).toBe('EntityNotExist.VirtualMFADevice')
  })

  test('EntityAlreadyExists: the user has a device; the device has a user', async () => {
    await addUser(world())
    await addUser(world(), 'bob')
    const [phone, tablet] = [await addMfaDevice(world()), await addMfaDevice(world(), 'tablet')]
    await bindMfaDevice(world(), 'alice', phone)
    const again = { ...with2(tablet, -1, 0), SerialNumber: tablet.serial }
    expect(await world().refused(operation, again)).toBe('EntityAlreadyExists.User.MFADevice')
    const shared = { ...with2(phone, 0, 1), UserName: 'bob' }
    expect(await world().refused(operation, shared)).toBe('EntityAlreadyExists.VirtualMFADevice.User')
  })

  test.each(['12345', '1234567', 'abcdef'])('InvalidParameter.AuthenticationCode.Format: %s', async (code) => {
    for (const param of ['AuthenticationCode1', 'AuthenticationCode2'])
      expect(await world().refused(operation, { ...given, [param]: code })).toBe(
        'InvalidParameter.AuthenticationCode.Format',
      )
  })

  testNames(operation, world, given, 'UserName')
})
