import { Secret } from '@opensag/protocol'
import type { CredentialSource } from '../../packages/server/src/access/credential-source.ts'
import { unbound } from '../../packages/server/src/access/rights.ts'
import { publicKey, secretKeys } from '../../packages/server/src/access/signing-keys.ts'
import type { WireRequest } from '../../packages/server/src/rpc/wire-request.ts'

/** One request of a real client as it arrived on a socket, and what a server has to make of it. */
export interface Vector {
  readonly id: string
  readonly client: string
  readonly clientVersion: string
  readonly scheme: 'V1' | 'V1-BEARER' | 'V3' | 'V3-SM3' | 'V3-RSA'
  readonly tags: readonly string[]
  /** Made up for the tests; they open nothing. */
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly securityToken?: string
  readonly publicKey?: string
  readonly method: string
  /** The request target with its query. */
  readonly path: string
  /** In the order and the case they were sent. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly timestamp: string
  readonly nonce: string
  /** V3 only, as is the next. */
  readonly canonicalRequest?: string
  /** How the client writes parameter names in the canonical query; `any` where all forms are the same. */
  readonly queryKeyForm?: 'any' | 'encoded' | 'raw' | 'raw-plus-star'
  readonly stringToSign: string
  readonly expectedSignature: string
  /** Query and form parameters, decoded, without the signature. */
  readonly params: Readonly<Record<string, string>>
}

export function headerOf({ headers }: Pick<Vector, 'headers'>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
}

export function actionOf(vector: Vector): string {
  return (vector.scheme.startsWith('V3') ? headerOf(vector, 'x-acs-action') : vector.params.Action) ?? ''
}

export function versionOf(vector: Vector): string {
  return (vector.scheme.startsWith('V3') ? headerOf(vector, 'x-acs-version') : vector.params.Version) ?? ''
}

/** The vector's own credential and no other. */
export function credentialsOf(vector: Vector): CredentialSource {
  const { accessKeyId, accessKeySecret, securityToken } = vector
  const caller = { kind: 'Account', accountId: '1234567890123456', accessKeyId } as const
  const keys = vector.publicKey === undefined ? secretKeys(Secret.of(accessKeySecret)) : publicKey(vector.publicKey)
  const token = securityToken === undefined ? {} : { isToken: (text: string) => text === securityToken }
  const bearer = vector.scheme === 'V1-BEARER' ? vector.params.BearerToken : undefined
  return {
    byAccessKeyId: async (id) =>
      id === accessKeyId && id !== ''
        ? { accessKeyId, keys, status: 'Active', caller, rights: unbound, ...token }
        : undefined,
    byBearerToken: async (given) => (given.reveal() === bearer ? { caller, rights: unbound } : undefined),
  }
}

/** The bytes of the request as they were on the wire. */
export function onTheWire({ method, path, headers, body }: Vector): Buffer {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const bytes = Buffer.from(body)
  const chunked = headerOf({ headers }, 'transfer-encoding') === 'chunked'
  const chunk = bytes.length === 0 ? '' : `${bytes.length.toString(16)}\r\n${bytes.toString('latin1')}\r\n`
  const payload = chunked ? `${chunk}0\r\n\r\n` : bytes.toString('latin1')
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n${payload}`, 'latin1')
}

/** The request as Node's HTTP server hands it over. */
export function asWireRequest({ method, path, headers, body }: Vector): WireRequest {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const distinct = () => Object.fromEntries(Object.entries(lower).map(([name, value]) => [name, [value]]))
  return { method, target: path, headers: lower, distinct, body: Buffer.from(body), secure: false, source: undefined }
}
