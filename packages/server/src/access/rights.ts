/** What the key of a request says about its caller's rights, read with the key. */
export interface Rights {
  /** Raised by every change that can alter what a principal of the account may do: what was compiled before is out of date. */
  readonly epoch: number
  /** The policy a session was given beside its role's: JSON. Both must allow. */
  readonly sessionPolicy?: string | undefined
}

/** Of a caller policies do not bind. */
export const unbound: Rights = { epoch: 0 }
