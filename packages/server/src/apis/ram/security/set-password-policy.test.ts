import { expect, test } from 'vitest'
import { accountId, testOperation } from '../../testing/harness.suite.ts'
import { changePassword } from '../login-profiles/change-password.ts'
import { createLoginProfile } from '../login-profiles/create-login-profile.ts'
import { updateLoginProfile } from '../login-profiles/update-login-profile.ts'
import { addUser } from '../testing.suite.ts'
import { setPasswordPolicy as operation } from './set-password-policy.ts'

testOperation(operation, (world) => {
  const profile = (Password: string) => ({ UserName: 'alice', Password })

  test.each([
    [{ MinimumPasswordLength: '18' }, 'Night-Shift_20245', 'Night-Shift_202456'],
    [{ RequireLowercaseCharacters: 'true' }, 'NIGHT-SHIFT_2024', 'NIGHT-SHIFT_2024a'],
    [{ RequireUppercaseCharacters: 'true' }, 'night-shift_2024', 'night-shift_2024A'],
    [{ RequireNumbers: 'true' }, 'Night-Shift_Late', 'Night-Shift_Late1'],
    [{ RequireSymbols: 'true' }, 'NightShift2024', 'NightShift2024!'],
  ])('%j refuses %s and takes %s', async (policy, weak, strong) => {
    await addUser(world())
    await world().call(operation, policy)
    expect(await world().refused(createLoginProfile, profile(weak))).toBe('InvalidParameter.Password.TooWeak')
    await world().call(createLoginProfile, profile(strong))
  })

  test('it holds for every way to set a password, and forbids the present and former ones', async () => {
    const user = await addUser(world())
    await world().call(createLoginProfile, profile('Night-Shift_2024'))
    await world().call(operation, { PasswordReusePrevention: '1' })
    const reset = (Password: string) => world().call(updateLoginProfile, profile(Password))
    const tooWeak = 'InvalidParameter.Password.TooWeak'
    expect(await world().refused(updateLoginProfile, profile('Night-Shift_2024'))).toBe(tooWeak)
    for (const year of [2025, 2026]) {
      world().now += 1000
      await reset(`Night-Shift_${year}`)
    }
    expect(await world().refused(updateLoginProfile, profile('Night-Shift_2025'))).toBe(tooWeak)
    world().caller = { kind: 'RAMUser', accountId, accessKeyId: 'k', userId: user.id, userName: 'alice' }
    const own = (NewPassword: string) => ({ OldPassword: 'Night-Shift_2026', NewPassword })
    expect(await world().refused(changePassword, own('Night-Shift_2025'))).toBe('InvalidParameter.NewPassword.TooWeak')
    await world().call(changePassword, own('Night-Shift_2024'))
  })

  test('what is not given has its default again', async () => {
    await world().call(operation, { MinimumPasswordLength: '20', MaxPasswordAge: '30' })
    expect(await world().call(operation, { RequireNumbers: 'true' })).toMatchObject({
      PasswordPolicy: { MinimumPasswordLength: 8, MaxPasswordAge: 0, RequireNumbers: true },
    })
  })

  test.each(['7', '33'])('InvalidParameter.MinimumPasswordLength.Range: %s', async (MinimumPasswordLength) => {
    expect(await world().refused(operation, { MinimumPasswordLength })).toBe(
      'InvalidParameter.MinimumPasswordLength.Range',
    )
  })
})
