import { BlockList, isIP } from 'node:net'

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

/** At most 40 blocks and 512 characters (D). */
export function areNetworkMasks(text: string): boolean {
  const blocks = text.split(';')
  return text.length <= 512 && blocks.length <= 40 && blocks.every((block) => blockIn(block) !== undefined)
}

/** Whether a user at that address may log on. An address that is not known is outside every block. */
export function mayLogOnFrom({ loginNetworkMasks }: SecurityPreference, address: string | undefined): boolean {
  if (loginNetworkMasks === '') return true
  const source = (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '')
  const version = isIP(source)
  if (version === 0) return false
  const allowed = new BlockList()
  for (const text of loginNetworkMasks.split(';')) {
    const block = blockIn(text)
    if (block !== undefined) allowed.addSubnet(block.network, block.length, block.family)
  }
  return allowed.check(source, familyOf(version))
}

/** An address, or a block of addresses. */
function blockIn(
  text: string,
): { readonly network: string; readonly length: number; readonly family: 'ipv4' | 'ipv6' } | undefined {
  const [, network = '', prefix] = /^\s*([0-9A-Fa-f:.]+)(?:\/(\d{1,3}))?\s*$/.exec(text) ?? []
  const version = isIP(network)
  const most = version === 4 ? 32 : 128
  const length = prefix === undefined ? most : Number(prefix)
  return version === 0 || length > most ? undefined : { network, length, family: familyOf(version) }
}

function familyOf(version: number): 'ipv4' | 'ipv6' {
  return version === 4 ? 'ipv4' : 'ipv6'
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
