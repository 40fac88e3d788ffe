import type { SigningKeys } from '../access/signing-keys.ts'
import type { Refusal } from '../declare/errors.ts'

/** A signed request as far as both signature versions have it in common. */
export interface SignedRequest {
  readonly accessKeyId: string
  /** As it was sent. */
  readonly timestamp: string
  readonly nonce: string
  readonly securityToken: string | undefined
  /** @throws Refusal when signature method or version are none of ours, or not of this kind of key. */
  checkMethod(keys: SigningKeys): void
  /** The answer when the signature is not right. It shows parameters: it is for the caller only, never for a log. */
  verify(keys: SigningKeys): Refusal | undefined
}
