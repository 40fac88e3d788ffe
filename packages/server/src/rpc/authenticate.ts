import { Secret } from '@opensag/protocol'
import type { Caller } from '../access/caller.ts'
import type { Credential, CredentialSource } from '../access/credential-source.ts'
import type { Rights } from '../access/rights.ts'
import { Refusal } from '../declare/errors.ts'
import type { Nonce } from '../store/store.ts'
import type { Decoded } from './decode.ts'
import { gatewayError, missing } from './gateway-errors.ts'
import { readV1 } from './read-v1.ts'
import { readV3 } from './read-v3.ts'
import type { Scheme } from './scheme.ts'
import { checkSecurityToken } from './security-token.ts'
import type { SignedRequest } from './signed-request.ts'
import { isTimely, nonceExpiry, parseTimestamp } from './time.ts'
import { header, type WireRequest } from './wire-request.ts'

export interface Authenticated {
  readonly caller: Caller
  readonly rights: Rights
  /** To be used up before the request is run. A bearer token is no signature and has none. */
  readonly nonce: Nonce | undefined
}

export interface Authentication {
  readonly request: WireRequest
  readonly decoded: Decoded
  readonly scheme: Scheme
  /** The host the client called. */
  readonly host: string | undefined
  readonly credentials: CredentialSource
  /** The wall clock. */
  readonly now: number
  /** Whether signatures of this time are refused. */
  readonly isFenced: (timestamp: number) => boolean
  /** Told of a request that does not prove who sent it: the code, the key as it was sent, and whose key that is. */
  readonly onRefused: (reason: string, accessKeyId: string, claimed: Caller | undefined) => void
}

/** @throws Refusal when the request does not prove who sent it. Nothing is written: a forger cannot use up a nonce. */
export async function authenticate(given: Authentication): Promise<Authenticated> {
  const { request, decoded, host } = given
  switch (given.scheme) {
    case 'V1':
      return verify(readV1(request.method, decoded.params), given)
    case 'V3':
      return verify(readV3(request, decoded, host), given)
    case 'bearer':
      return verifyBearer(given)
    case 'anonymous':
      throw missing('AccessKeyId')
  }
}

async function verify(signed: SignedRequest, given: Authentication): Promise<Authenticated> {
  const credential = await given.credentials.byAccessKeyId(signed.accessKeyId)
  try {
    return proved(signed, credential, given)
  } catch (error) {
    if (error instanceof Refusal) given.onRefused(error.code, signed.accessKeyId, credential?.caller)
    throw error
  }
}

/** In the order real gateways are known or assumed to check: key, time, method, token, signature. */
function proved(
  signed: SignedRequest,
  credential: Credential | undefined,
  { now, isFenced }: Pick<Authentication, 'now' | 'isFenced'>,
): Authenticated {
  if (credential === undefined) throw gatewayError('InvalidAccessKeyId.NotFound')
  if (credential.status !== 'Active') throw gatewayError('InvalidAccessKeyId.Inactive')

  const timestamp = parseTimestamp(signed.timestamp)
  if (timestamp === undefined) throw gatewayError('InvalidTimeStamp.Format')
  if (!isTimely(timestamp, { now, isFenced })) throw gatewayError('InvalidTimeStamp.Expired')

  signed.checkMethod(credential.keys)
  checkSecurityToken(credential, signed.securityToken, now)
  const mismatch = signed.verify(credential.keys)
  if (mismatch !== undefined) throw mismatch
  const { accessKeyId, nonce } = signed
  const { caller, rights } = credential
  return { caller, rights, nonce: { accessKeyId, nonce, expiresAt: nonceExpiry(timestamp) } }
}

async function verifyBearer({ request, decoded, credentials, now }: Authentication): Promise<Authenticated> {
  const token = decoded.params.get('BearerToken') || header(request, 'x-acs-bearer-token')
  const credential = token ? await credentials.byBearerToken(Secret.of(token)) : undefined
  if (credential === undefined) throw missing('AccessKeyId')
  if (credential.expiresAt !== undefined && credential.expiresAt <= now) {
    throw gatewayError('InvalidSecurityToken.Expired')
  }
  return { caller: credential.caller, rights: credential.rights, nonce: undefined }
}
