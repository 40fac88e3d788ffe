import { booleanField, integerField, objectField, stringField } from '../../../declare/index.ts'
import type { SecurityPreference } from '../../../model/security-preference.ts'

/** A security preference as RAM shows it. */
export const securityPreferenceFields = {
  LoginProfilePreference: objectField({
    AllowUserToChangePassword: booleanField,
    EnableSaveMFATicket: booleanField,
    LoginSessionDuration: integerField,
    LoginNetworkMasks: stringField,
  }),
  AccessKeyPreference: objectField({ AllowUserToManageAccessKeys: booleanField }),
  MFAPreference: objectField({ AllowUserToManageMFADevices: booleanField }),
  PublicKeyPreference: objectField({ AllowUserToManagePublicKeys: booleanField }),
} as const

export function shownSecurityPreference(preference: SecurityPreference) {
  return {
    LoginProfilePreference: {
      AllowUserToChangePassword: preference.allowUserToChangePassword,
      // Each logon asks for a code.
      EnableSaveMFATicket: false,
      LoginSessionDuration: preference.loginSessionHours,
      LoginNetworkMasks: preference.loginNetworkMasks,
    },
    AccessKeyPreference: { AllowUserToManageAccessKeys: preference.allowUserToManageAccessKeys },
    MFAPreference: { AllowUserToManageMFADevices: preference.allowUserToManageMfaDevices },
    // There are no public keys of users here.
    PublicKeyPreference: { AllowUserToManagePublicKeys: false },
  }
}
