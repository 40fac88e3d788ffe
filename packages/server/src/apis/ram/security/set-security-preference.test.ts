import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { getSecurityPreference } from './get-security-preference.ts'
import { setSecurityPreference as operation } from './set-security-preference.ts'

testOperation(operation, (world) => {
  test('changes what is given, and leaves the rest', async () => {
    await world().call(operation, { LoginSessionDuration: '6', LoginNetworkMasks: '10.0.0.0/8;2001:db8::/32' })
    const answer = await world().call(operation, { AllowUserToChangePassword: 'true' })
    expect(answer).toMatchObject({
      SecurityPreference: {
        LoginProfilePreference: {
          AllowUserToChangePassword: true,
          LoginSessionDuration: 6,
          LoginNetworkMasks: '10.0.0.0/8;2001:db8::/32',
        },
        MFAPreference: { AllowUserToManageMFADevices: false },
      },
    })
    expect(await world().call(getSecurityPreference)).toEqual(answer)
    // Sent with nothing in it, the list of networks is cleared.
    expect(await world().call(operation, { LoginNetworkMasks: '' })).toMatchObject({
      SecurityPreference: { LoginProfilePreference: { LoginNetworkMasks: '' } },
    })
  })

  test.each(['10.0.0.0/33', 'anywhere', '10.0.0.0/8,192.168.0.0/16', Array(41).fill('10.0.0.1').join(';')])(
    'InvalidParameter.LoginNetworkMasks.Format: %s',
    async (LoginNetworkMasks) => {
      expect(await world().refused(operation, { LoginNetworkMasks })).toBe('InvalidParameter.LoginNetworkMasks.Format')
    },
  )

  test.each(['EnableSaveMFATicket', 'AllowUserToManagePublicKeys'])(
    'NotSupport.SecurityPreference: %s',
    async (name) => {
      expect(await world().refused(operation, { [name]: 'true' })).toBe('NotSupport.SecurityPreference')
      await world().call(operation, { [name]: 'false' })
    },
  )
})
