/** Who signed the request, once authenticated. */
export type Caller = AccountCaller | UserCaller | RoleSessionCaller

interface Signed {
  /** The account everything the caller makes belongs to; 16 digits. */
  readonly accountId: string
  /** The key that signed: of the account, of the user, or `STS.…` of a session. */
  readonly accessKeyId: string
}

/** The account itself, which policies do not bind. */
export interface AccountCaller extends Signed {
  readonly kind: 'Account'
}

export interface UserCaller extends Signed {
  readonly kind: 'RAMUser'
  readonly userId: string
  readonly userName: string
  /** In a session that was begun with a second factor. */
  readonly mfaPresent?: true
}

/** Whoever assumed a role, for as long as the session lasts. */
export interface RoleSessionCaller extends Signed {
  readonly kind: 'AssumedRole'
  readonly roleId: string
  readonly roleName: string
  readonly sessionName: string
}

/** How a caller is named in records and conditions: `acs:ram::{account}:root`, `…:user/{name}` and so on. */
export function principal(caller: Caller): string {
  switch (caller.kind) {
    case 'Account':
      return `acs:ram::${caller.accountId}:root`
    case 'RAMUser':
      return `acs:ram::${caller.accountId}:user/${caller.userName}`
    case 'AssumedRole':
      return `acs:sts::${caller.accountId}:assumed-role/${caller.roleName}/${caller.sessionName}`
  }
}
