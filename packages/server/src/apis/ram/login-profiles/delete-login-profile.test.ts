import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { addUser, change, look, testNames } from '../testing.suite.ts'
import { deleteLoginProfile as operation } from './delete-login-profile.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice' }

  test('takes the password away', async () => {
    const user = await addUser(world())
    const profile = { passwordHash: 'hash', passwordResetRequired: false, mfaBindRequired: false }
    await change(world(), ({ loginProfiles }) => loginProfiles.add(user, profile, 1))
    expect(await world().call(operation, given)).toEqual({})
    expect(await look(world(), ({ loginProfiles }) => loginProfiles.of(user.id))).toBeUndefined()
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User.LoginProfile')
  })

  test('EntityNotExist.User', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
  })

  testNames(operation, world, given, 'UserName')
})
