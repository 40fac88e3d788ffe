/** The rules of an account for the logons of its users. */
export interface SecurityPreference {
  /** Hours, 1–24. */
  readonly loginSessionHours: number
  /** Blocks from which a user may log on to the console, separated by `;`; empty: from everywhere. */
  readonly loginNetworkMasks: string
  readonly allowUserToChangePassword: boolean
  readonly allowUserToManageAccessKeys: boolean
  readonly allowUserToManageMfaDevices: boolean
}

/**
 * Of every account that has set none. (C) The page says that users may change their password and manage their second
 * factor by default; here nobody may what no policy allows, until the account says so. A session lasts a working day.
 */
export const defaultSecurityPreference: SecurityPreference = {
  loginSessionHours: 8,
  loginNetworkMasks: '',
  allowUserToChangePassword: false,
  allowUserToManageAccessKeys: false,
  allowUserToManageMfaDevices: false,
}

/** What the preference lets a user do with itself, as a policy; undefined: nothing. */
export function selfServicePolicy(
  preference: SecurityPreference,
  accountId: string,
  userName: string,
): string | undefined {
  const ram = (resource: string): string => `acs:ram:*:${accountId}:${resource}/${userName}`
  const allow = (is: boolean, actions: readonly string[], ...resources: readonly string[]): readonly object[] =>
    is ? [{ Effect: 'Allow', Action: actions.map((action) => `ram:${action}`), Resource: resources }] : []
  const Statement = [
    ...allow(preference.allowUserToChangePassword, ['ChangePassword'], ram('user')),
    ...allow(
      preference.allowUserToManageAccessKeys,
      ['CreateAccessKey', 'ListAccessKeys', 'UpdateAccessKey', 'DeleteAccessKey'],
      ram('user'),
    ),
    ...allow(
      preference.allowUserToManageMfaDevices,
      ['CreateVirtualMFADevice', 'DeleteVirtualMFADevice', 'BindMFADevice', 'UnbindMFADevice', 'GetUserMFAInfo'],
      ram('user'),
      ram('mfa'),
      // As a serial number is written.
      `acs:ram::${accountId}:mfa/${userName}`,
    ),
  ]
  return Statement.length === 0 ? undefined : JSON.stringify({ Version: '1', Statement })
}
