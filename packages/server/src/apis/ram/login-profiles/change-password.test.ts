import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { hashClientPassword, verifyClientPassword } from '../../../access/client-passwords.ts'
import { accountId, testOperation } from '../../testing/harness.suite.ts'
import { addUser, change, look } from '../testing.suite.ts'
import { changePassword as operation } from './change-password.ts'

testOperation(operation, (world) => {
  const given = { OldPassword: 'Night-Shift_2023', NewPassword: 'Night-Shift_2024' }

  async function callAsUser({ withPassword = true } = {}) {
    const user = await addUser(world())
    world().caller = { kind: 'RAMUser', accountId, accessKeyId: 'k', userId: user.id, userName: 'alice' }
    const passwordHash = await hashClientPassword(Secret.of(given.OldPassword))
    const profile = { passwordHash, passwordResetRequired: true, mfaBindRequired: false }
    if (withPassword) await change(world(), ({ loginProfiles }) => loginProfiles.add(user, profile, 1))
    return () => look(world(), ({ loginProfiles }) => loginProfiles.of(user.id))
  }

  test('changes the password of the one who calls, which then need not be changed any more', async () => {
    const profile = await callAsUser()
    expect(await world().call(operation, given)).toEqual({})
    const { passwordHash = '', passwordResetRequired } = (await profile()) ?? {}
    expect(passwordResetRequired).toBe(false)
    expect(await verifyClientPassword(passwordHash, Secret.of(given.NewPassword))).toBe(true)
  })

  test('InvalidParameter.OldPassword.Incorrect: and the old one stays', async () => {
    const profile = await callAsUser()
    const before = await profile()
    expect(await world().refused(operation, { ...given, OldPassword: 'Night-Shift_2022' })).toBe(
      'InvalidParameter.OldPassword.Incorrect',
    )
    expect(await profile()).toEqual(before)
  })

  test('of two changes at once that prove the same password one is made', async () => {
    await callAsUser()
    const both = await Promise.allSettled([
      world().call(operation, given),
      world().call(operation, { ...given, NewPassword: 'Day-Shift_2024' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('EntityNotExist.User.LoginProfile: there is no password to change', async () => {
    await callAsUser({ withPassword: false })
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User.LoginProfile')
  })

  test('NotSupport.Account: the account itself has none', async () => {
    expect(await world().refused(operation, given)).toBe('NotSupport.Account')
  })

  test('InvalidParameter.NewPassword.TooWeak', async () => {
    expect(await world().refused(operation, { ...given, NewPassword: 'weak' })).toBe(
      'InvalidParameter.NewPassword.TooWeak',
    )
  })
})
