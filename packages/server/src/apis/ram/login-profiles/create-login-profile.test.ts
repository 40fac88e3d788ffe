import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { verifyClientPassword } from '../../../access/client-passwords.ts'
import { testOperation } from '../../testing/harness.suite.ts'
import { addUser, began, look, testNames } from '../testing.suite.ts'
import { createLoginProfile as operation } from './create-login-profile.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice', Password: 'Night-Shift_2024' }

  test('lets the user log on, with a hash of the password and nothing else of it', async () => {
    const user = await addUser(world())
    expect(await world().call(operation, { ...given, PasswordResetRequired: 'true' })).toEqual({
      LoginProfile: {
        UserName: 'alice',
        PasswordResetRequired: true,
        MFABindRequired: false,
        CreateDate: began,
      },
    })
    const profile = await look(world(), ({ loginProfiles }) => loginProfiles.of(user.id))
    expect(profile?.passwordHash).toMatch(/^\$argon2id\$/)
    expect(await verifyClientPassword(profile?.passwordHash ?? '', Secret.of(given.Password))).toBe(true)
  })

  test('EntityAlreadyExists.User.LoginProfile: also when two come at once', async () => {
    await addUser(world())
    const both = await Promise.allSettled([world().call(operation, given), world().call(operation, given)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await world().refused(operation, given)).toBe('EntityAlreadyExists.User.LoginProfile')
  })

  test('EntityNotExist.User', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
  })

  test.each([
    'Short_1',
    'x'.repeat(33),
    'onlysmallletters',
    'Two-kindsonly'.toLowerCase(),
    'Passwörd-2024',
    'No blanks 1',
  ])('InvalidParameter.Password.TooWeak: %s', async (Password) => {
    expect(await world().refused(operation, { ...given, Password })).toBe('InvalidParameter.Password.TooWeak')
  })

  testNames(operation, world, given, 'UserName')
})
