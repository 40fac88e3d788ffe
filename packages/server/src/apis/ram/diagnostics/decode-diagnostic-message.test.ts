import { expect, test } from 'vitest'
import { accountId, otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { setAccountAlias } from '../account-alias/set-account-alias.ts'
import { decodeDiagnosticMessage as operation } from './decode-diagnostic-message.ts'

testOperation(operation, (world) => {
  const wrong = 'InvalidParameter.EncodedDiagnosticMessage.Format'

  /** What a user without policies is told. */
  async function message(): Promise<string> {
    const denied = (await world().denied(setAccountAlias))?.accessDenied
    return denied?.EncodedDiagnosticMessage ?? ''
  }

  test('tells who was denied what, and that no policy allows it', async () => {
    expect(await world().call(operation, { EncodedDiagnosticMessage: await message() })).toEqual({
      DecodedDiagnosticMessage: {
        ExplicitDeny: false,
        NoPermissionPolicyType: 'AccountLevelIdentityBasedPolicy',
        AuthAction: 'ram:SetAccountAlias',
        AuthResource: `acs:ram:*:${accountId}:*`,
        AuthPrincipal: {
          AuthPrincipalType: 'SubUser',
          AuthPrincipalDisplayName: 'nobody',
          AuthPrincipalOwnerId: accountId,
        },
        AuthConditions: [],
        MatchedPolicies: [],
      },
    })
  })

  test(`${wrong}: no such message, a damaged one, and one of another account`, async () => {
    const whole = await message()
    for (const text of ['AQEA', whole.slice(1), `${whole}A`])
      expect(await world().refused(operation, { EncodedDiagnosticMessage: text })).toBe(wrong)
    world().caller = { kind: 'Account', accountId: otherAccountId, accessKeyId: 'k' }
    expect(await world().refused(operation, { EncodedDiagnosticMessage: whole })).toBe(wrong)
  })
})
