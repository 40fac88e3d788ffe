import { createHash, createHmac, randomUUID } from 'node:crypto'

/** Signs requests as a client does, by the plainest code there is: nothing of it is shared with the server. */
export interface ClientKey {
  readonly accessKeyId: string
  readonly secret: string
  readonly securityToken?: string
}

type Params = Readonly<Record<string, string>>

const encode = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) =>
      /[A-Za-z0-9\-_.~]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('')

export function urlencoded(params: Params): string {
  return Object.entries(params)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&')
}

const sorted = (params: Params): Params =>
  Object.fromEntries(Object.entries(params).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))))

export const timestampOf = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`

export function stringToSign(method: string, params: Params): string {
  return `${method}&%2F&${encode(urlencoded(sorted(params)))}`
}

/** All parameters, signed; `undefined` leaves a common one out. */
export function signV1(
  key: ClientKey,
  given: Readonly<Record<string, string | undefined>>,
  { method = 'POST', now }: { readonly method?: string; readonly now: number },
): Record<string, string> {
  const common = {
    Version: '2018-03-13',
    AccessKeyId: key.accessKeyId,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: randomUUID(),
    Timestamp: timestampOf(now),
    SecurityToken: key.securityToken,
  }
  const params = Object.fromEntries(
    Object.entries({ ...common, ...given }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const signature = createHmac('sha1', `${key.secret}&`).update(stringToSign(method, params)).digest('base64')
  return { Signature: signature, ...params }
}

export interface V3Request {
  readonly action?: string
  readonly version?: string
  readonly method?: string
  readonly query?: Params
  readonly body?: string
  readonly host: string
  readonly now: number
  /** `undefined` leaves a header out. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** Names to leave out of the signature. */
  readonly unsigned?: readonly string[]
}

/** The headers of a V3 request, signed. */
export function signV3(key: ClientKey, request: V3Request): Record<string, string> {
  const { method = 'POST', query = {}, body = '' } = request
  const hash = createHash('sha256').update(body).digest('hex')
  const given = {
    host: request.host,
    'x-acs-action': request.action ?? 'DescribeRegions',
    'x-acs-version': request.version ?? '2018-03-13',
    'x-acs-date': timestampOf(request.now),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-content-sha256': hash,
    'x-acs-security-token': key.securityToken,
    ...request.headers,
  }
  const headers = Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const names = Object.keys(headers)
    .filter((name) => !request.unsigned?.includes(name))
    .sort()
  const canonical = [
    method,
    '/',
    urlencoded(sorted(query)),
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    hash,
  ].join('\n')
  const text = `ACS3-HMAC-SHA256\n${createHash('sha256').update(canonical).digest('hex')}`
  const signature = createHmac('sha256', key.secret).update(text).digest('hex')
  const authorization = `ACS3-HMAC-SHA256 Credential=${key.accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`
  return { ...headers, authorization }
}
