import type { Secret } from '@opensag/protocol'

/** What the key of a request says about its caller's rights, read with the key. */
export interface Standing {
  /** Raised by every change that can alter what a principal of the account may do: what was compiled before is out of date. */
  readonly epoch: number
  /** The policy a session was given beside its role's: JSON. Both must allow. */
  readonly sessionPolicy?: string | undefined
}

/** Of a caller policies do not bind. */
export const unbound: Standing = { epoch: 0 }

/** How a session is kept: its key's secret and its token, shown once. */
export interface SessionCredentials {
  readonly accessKeyId: string
  readonly accessKeySecret: Secret
  readonly securityToken: Secret
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}
