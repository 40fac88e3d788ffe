import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { getSecurityPreference as operation } from './get-security-preference.ts'

testOperation(operation, (world) => {
  test('of an account that set none: nobody may what no policy allows, and a logon lasts a working day', async () => {
    expect(await world().call(operation)).toEqual({
      SecurityPreference: {
        LoginProfilePreference: {
          AllowUserToChangePassword: false,
          EnableSaveMFATicket: false,
          LoginSessionDuration: 8,
          LoginNetworkMasks: '',
        },
        AccessKeyPreference: { AllowUserToManageAccessKeys: false },
        MFAPreference: { AllowUserToManageMFADevices: false },
        PublicKeyPreference: { AllowUserToManagePublicKeys: false },
      },
    })
  })
})
