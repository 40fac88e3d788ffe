import type { Secret } from '@opensag/protocol'

/**
 * Where the hash of the administrator password really is: a file of the gateway, or an account of its operating system.
 * Exactly one hash is accepted at every instant.
 */
export interface Vault {
  /** The hash accepted now; undefined before a first password was set. */
  current(): Promise<string | undefined>
  /** Makes this the only accepted hash (undefined: none, as after the reset button). Durable when it resolves. */
  replace(hash: string | undefined): Promise<void>
  /** What `current` answers is durable once this resolves: a write that was cut short may show what a power cut takes back. */
  settle(): Promise<void>
  /** A slow salted hash in this vault's own format. The password may be wiped once it resolves. */
  hash(password: Secret): Promise<string>
  verify(password: Secret, hash: string): Promise<boolean>
}
