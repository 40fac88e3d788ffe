import { createHmac, randomUUID } from 'node:crypto'

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
    ...params,
    AccessKeyId: key.accessKeyId,
    Action: action,
    Format: 'JSON',
    RegionId: 'cn-shanghai',
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: randomUUID(),
    SignatureVersion: '1.0',
    Timestamp: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
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
