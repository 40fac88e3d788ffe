import { expect, test } from 'vitest'
import { otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { getPasswordPolicy as operation } from './get-password-policy.ts'
import { setPasswordPolicy } from './set-password-policy.ts'

const unset = {
  MinimumPasswordLength: 8,
  RequireLowercaseCharacters: false,
  RequireUppercaseCharacters: false,
  RequireNumbers: false,
  RequireSymbols: false,
  HardExpiry: false,
  MaxPasswordAge: 0,
  PasswordReusePrevention: 0,
  MaxLoginAttemps: 0,
}

testOperation(operation, (world) => {
  test('shows what was set, of the account alone', async () => {
    expect(await world().call(operation)).toEqual({ PasswordPolicy: unset })
    const set = {
      MinimumPasswordLength: '12',
      RequireLowercaseCharacters: 'true',
      RequireUppercaseCharacters: 'true',
      RequireNumbers: 'true',
      RequireSymbols: 'true',
      HardExpiry: 'true',
      MaxPasswordAge: '90',
      PasswordReusePrevention: '3',
      MaxLoginAttemps: '5',
    }
    const answer = await world().call(setPasswordPolicy, set)
    const shown = Object.fromEntries(Object.entries(set).map(([name, text]) => [name, JSON.parse(text)]))
    expect(answer).toEqual({ PasswordPolicy: shown })
    expect(await world().call(operation)).toEqual(answer)
    world().caller = { kind: 'Account', accountId: otherAccountId, accessKeyId: 'k' }
    expect(await world().call(operation)).toEqual({ PasswordPolicy: unset })
  })
})
