import { isUtf8 } from 'node:buffer'
import { Refusal } from '../declare/errors.ts'
import { type AuthorizationV3, parseAuthorizationV3 } from './authorization-v3.ts'
import type { Decoded } from './decode.ts'
import { gatewayError, gatewayErrors, missing } from './gateway-errors.ts'
import { algorithmV3, bodyHash, canonicalRequestV3, type SignedV3, stringToSignV3, verifyV3 } from './signature-v3.ts'
import type { SignedRequest } from './signed-request.ts'
import { header, type WireRequest } from './wire-request.ts'

/**
 * @param host the host the client signed, which a proxy in between may have replaced in the header.
 * @throws Refusal when a needed header is absent, or one that decides something is not among the signed ones.
 */
export function readV3(request: WireRequest, decoded: Decoded, host: string | undefined): SignedRequest {
  const authorization = parseAuthorizationV3(header(request, 'authorization') ?? '')
  if (authorization === undefined) throw gatewayError('IncompleteSignature')
  if (authorization.accessKeyId === '') throw missing('AccessKeyId')
  const nonce = header(request, 'x-acs-signature-nonce')
  if (!nonce) throw missing('SignatureNonce')
  const timestamp = header(request, 'x-acs-date')
  if (!timestamp) throw missing('Timestamp')

  const names = authorization.signedHeaders ?? signedByDefault(request)
  if (!names.every((name) => headerName.test(name)) || !coversAll(request, decoded, names)) {
    throw gatewayError('IncompleteSignature')
  }
  const algorithm = algorithmV3(authorization.algorithm)
  return {
    accessKeyId: authorization.accessKeyId,
    timestamp,
    nonce,
    securityToken: header(request, 'x-acs-security-token') || undefined,
    checkMethod(keys) {
      if (algorithm === undefined || algorithm.keys !== keys.kind) throw gatewayError('InvalidSignatureMethod')
    },
    verify(keys) {
      if (algorithm === undefined) return gatewayError('InvalidSignatureMethod')
      const { method, body } = request
      const headers = names.map((name) => [name, name === 'host' ? (host ?? '') : signedValue(request, name)] as const)
      const signed: SignedV3 = { algorithm, method, query: decoded.query, headers, body }
      const hash = header(request, 'x-acs-content-sha256')
      const bodyIsMeant = hash === undefined || hash === bodyHash(signed)
      return bodyIsMeant && verifyV3(keys, signed, authorization.signature) ? undefined : mismatch(signed)
    },
  }
}

const headerName = /^[a-z0-9!#$%&'*+.^_`|~-]+$/

/** What an older Java signer signs, which does not list it. */
function signedByDefault({ headers }: WireRequest): AuthorizationV3['signedHeaders'] & {} {
  return Object.keys(headers)
    .filter((name) => name.startsWith('x-acs-') || name === 'host' || name === 'content-type')
    .sort()
}

/**
 * Whether everything that decides what is executed is signed. Who could change it on the way would otherwise have a
 * valid signature for his own request. All clients sign these (C).
 */
function coversAll(request: WireRequest, { bodyKind }: Decoded, names: readonly string[]): boolean {
  return deciding.every((name) => names.includes(name) || decidesNothing(request, bodyKind, name))
}

const deciding = [
  'x-acs-action',
  'x-acs-version',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-security-token',
  'content-type',
]

function decidesNothing(request: WireRequest, bodyKind: Decoded['bodyKind'], name: string): boolean {
  if (request.headers[name] === undefined) return true
  // The type only matters where it turns the body into parameters.
  return name === 'content-type' && (bodyKind === 'none' || bodyKind === 'opaque')
}

/** Several values of one name are sorted and joined by a comma; Node joins them in their order and with a space. */
function signedValue(request: WireRequest, name: string): string {
  const value = header(request, name) ?? ''
  const joined = value.includes(', ') ? [...(request.distinct()[name] ?? [value])].sort().join(',') : value
  const bytes = Buffer.from(joined, 'latin1')
  // Node reads header bytes as Latin-1; clients that send more than ASCII sign the UTF-8 they sent.
  return isUtf8(bytes) ? bytes.toString('utf8') : joined
}

function mismatch(signed: SignedV3): Refusal {
  const canonical = canonicalRequestV3(signed)
  const text = stringToSignV3(signed, canonical)
  const [status] = gatewayErrors.SignatureDoesNotMatch
  const message = `Specified signature does not match our calculation. server StringToSign is [${text}] server CanonicalRequest is [${canonical}]`
  return new Refusal(status, 'SignatureDoesNotMatch', message)
}
