import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Secret } from '@opensag/protocol'

/** Whose key signs, and where the API is. */
export interface ApiKey {
  readonly endpoint: string
  readonly accessKeyId: string
  readonly accessKeySecret: Secret
  /** Of temporary keys. */
  readonly securityToken?: Secret | undefined
}

export interface ApiAnswer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

export type ApiParams = Readonly<Record<string, string | Secret | undefined>>

export interface CallOptions {
  /** Version of the API the operation belongs to; SmartAG's unless it is said. */
  readonly version?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** One call of the public API. */
export async function callApi(
  key: ApiKey,
  action: string,
  params: ApiParams,
  options: CallOptions = {},
): Promise<ApiAnswer> {
  const response = await postSigned(key, action, params, options)
  return { status: response.status, body: (await response.json()) as ApiAnswer['body'] }
}

/**
 * Sends one call, signed with V3 (`ACS3-HMAC-SHA256`). Parameters travel in a form body, so that no password stands in a
 * URL a proxy may log; a redirection is not followed, or it would carry them elsewhere.
 */
export async function postSigned(
  key: ApiKey,
  action: string,
  params: ApiParams,
  { version = '2018-03-13', signal }: CallOptions = {},
): Promise<Response> {
  const url = new URL('/', key.endpoint)
  const body = new URLSearchParams(
    Object.entries(params).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value : value.reveal()]],
    ),
  ).toString()
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    host: url.host,
    'x-acs-action': action,
    'x-acs-content-sha256': sha256(body),
    'x-acs-date': new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': randomBytes(16).toString('hex'),
    'x-acs-version': version,
    ...(key.securityToken === undefined ? {} : { 'x-acs-security-token': key.securityToken.reveal() }),
  }
  const names = Object.keys(headers).sort()
  const canonical = [
    'POST',
    '/',
    '',
    ...names.map((name) => `${name}:${headers[name as keyof typeof headers]}`),
    '',
    names.join(';'),
    headers['x-acs-content-sha256'],
  ].join('\n')
  const signature = createHmac('sha256', key.accessKeySecret.reveal())
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex')
  const authorization = `ACS3-HMAC-SHA256 Credential=${key.accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`
  const { host: _, ...sent } = headers
  return fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...sent, authorization },
    body,
    ...(signal === undefined ? {} : { signal }),
  })
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
