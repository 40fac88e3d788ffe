import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { addUser, began, change, testNames } from '../testing.suite.ts'
import { getLoginProfile as operation } from './get-login-profile.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice' }

  test('shows how the user logs on', async () => {
    const user = await addUser(world())
    const profile = { passwordHash: 'hash', passwordResetRequired: false, mfaBindRequired: true }
    await change(world(), ({ loginProfiles }) => loginProfiles.add(user, profile, world().now))
    expect(await world().call(operation, given)).toEqual({
      LoginProfile: { UserName: 'alice', PasswordResetRequired: false, MFABindRequired: true, CreateDate: began },
    })
  })

  test('EntityNotExist: user, then login profile', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
    await addUser(world())
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User.LoginProfile')
  })

  testNames(operation, world, given, 'UserName')
})
