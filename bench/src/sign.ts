import { createHash, createHmac, randomUUID } from 'node:crypto'

export interface Key {
  readonly accessKeyId: string
  readonly accessKeySecret: string
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

/** The body of a V1-signed form POST. The signature does not cover the host: it can be made before there is one. */
export function signedForm(key: Key, action: string, params: Readonly<Record<string, string>>): string {
  const all: Record<string, string> = {
    Version: '2018-03-13',
    AccessKeyId: key.accessKeyId,
    Action: action,
    Format: 'JSON',
    RegionId: 'cn-shanghai',
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: randomUUID(),
    SignatureVersion: '1.0',
    Timestamp: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    ...params,
  }
  const canonical = Object.keys(all)
    .sort()
    .map((name) => `${encode(name)}=${encode(all[name] ?? '')}`)
    .join('&')
  const signature = createHmac('sha1', `${key.accessKeySecret}&`)
    .update(`POST&%2F&${encode(canonical)}`)
    .digest('base64')
  return `${canonical}&Signature=${encode(signature)}`
}

/** A form POST, whole as it goes on the socket. */
export function post(host: string, body: string): Buffer {
  return Buffer.from(
    `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

/** The same call signed by V3, whole as it goes on the socket: what is signed is in headers, the parameters in the body. */
export function postV3(host: string, key: Key, action: string, params: Readonly<Record<string, string>>): Buffer {
  const all: Readonly<Record<string, string>> = { RegionId: 'cn-shanghai', ...params }
  const body = Object.entries(all)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&')
  const bodyHash = createHash('sha256').update(body).digest('hex')
  const headers: readonly (readonly [string, string])[] = [
    ['content-type', 'application/x-www-form-urlencoded'],
    ['host', host],
    ['x-acs-action', action],
    ['x-acs-content-sha256', bodyHash],
    ['x-acs-date', new Date().toISOString().replace(/\.\d+Z$/, 'Z')],
    ['x-acs-signature-nonce', randomUUID()],
    ['x-acs-version', '2018-03-13'],
  ]
  const names = headers.map(([name]) => name).join(';')
  const canonical = ['POST', '/', '', ...headers.map(([name, value]) => `${name}:${value}`), '', names, bodyHash].join(
    '\n',
  )
  const text = `ACS3-HMAC-SHA256\n${createHash('sha256').update(canonical).digest('hex')}`
  const signature = createHmac('sha256', key.accessKeySecret).update(text).digest('hex')
  const authorization = `ACS3-HMAC-SHA256 Credential=${key.accessKeyId},SignedHeaders=${names},Signature=${signature}`
  const lines = [...headers, ['Authorization', authorization], ['Content-Length', String(Buffer.byteLength(body))]]
  return Buffer.from(`POST / HTTP/1.1\r\n${lines.map((line) => line.join(': ')).join('\r\n')}\r\n\r\n${body}`)
}
