import type { Secret } from '@opensag/protocol'
import type { Caller } from './caller.ts'
import type { Rights } from './rights.ts'
import type { SigningKeys } from './signing-keys.ts'

/** An access key as the front door needs it to check a request. */
export interface Credential {
  readonly accessKeyId: string
  readonly keys: SigningKeys
  readonly status: 'Active' | 'Inactive'
  /** Tells a session's token, which every request with its key must carry. */
  readonly isToken?: (text: string) => boolean
  /** Milliseconds since 1970 from which on the session is over. */
  readonly expiresAt?: number
  readonly caller: Caller
  readonly rights: Rights
}

/** A token that stands for its caller without a signature. */
export interface BearerCredential {
  readonly caller: Caller
  readonly rights: Rights
  readonly expiresAt?: number
}

/** Where credentials are known. Both answer `undefined` for what was never issued, and throw when they cannot tell. */
export interface CredentialSource {
  byAccessKeyId(id: string): Promise<Credential | undefined>
  byBearerToken(token: Secret): Promise<BearerCredential | undefined>
}
