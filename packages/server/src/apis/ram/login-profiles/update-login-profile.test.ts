import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { hashClientPassword, verifyClientPassword } from '../../../access/client-passwords.ts'
import type { LoginProfile } from '../../../store/access/login-profiles.ts'
import { testOperation } from '../../testing/harness.suite.ts'
import { addUser, change, look, testNames } from '../testing.suite.ts'
import { updateLoginProfile as operation } from './update-login-profile.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice' }

  async function addProfile(): Promise<() => Promise<LoginProfile | undefined>> {
    const user = await addUser(world())
    const passwordHash = await hashClientPassword(Secret.of('Night-Shift_2024'))
    const profile = { passwordHash, passwordResetRequired: false, mfaBindRequired: false }
    await change(world(), ({ loginProfiles }) => loginProfiles.add(user, profile, world().now))
    return () => look(world(), ({ loginProfiles }) => loginProfiles.of(user.id))
  }

  test('sets another password, and only it opens from then on', async () => {
    const profile = await addProfile()
    expect(
      await world().call(operation, { ...given, Password: 'Day-Shift_2024', PasswordResetRequired: 'true' }),
    ).toEqual({})
    const { passwordHash = '', passwordResetRequired } = (await profile()) ?? {}
    expect(passwordResetRequired).toBe(true)
    expect(await verifyClientPassword(passwordHash, Secret.of('Day-Shift_2024'))).toBe(true)
    expect(await verifyClientPassword(passwordHash, Secret.of('Night-Shift_2024'))).toBe(false)
  })

  test('what is not given stays', async () => {
    const profile = await addProfile()
    const before = await profile()
    await world().call(operation, given)
    expect(await profile()).toEqual(before)
    await world().call(operation, { ...given, MFABindRequired: 'true' })
    expect(await profile()).toEqual({ ...before, mfaBindRequired: true })
  })

  test('EntityNotExist: user, then login profile', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
    await addUser(world())
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User.LoginProfile')
  })

  test('InvalidParameter.Password.TooWeak', async () => {
    expect(await world().refused(operation, { ...given, Password: 'password' })).toBe(
      'InvalidParameter.Password.TooWeak',
    )
  })

  testNames(operation, world, given, 'UserName')
})
