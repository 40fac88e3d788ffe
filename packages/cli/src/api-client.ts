import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Secret } from '@opensag/protocol'

/** Whose key signs, and where the API is. */
export interface ApiKey {
  readonly endpoint: string
  readonly accessKeyId: string
  readonly accessKeySecret: Secret
}

export interface ApiAnswer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/**
 * One call of the public API, signed with V3 (`ACS3-HMAC-SHA256`). Parameters travel in a form body, so that no
 * password stands in a URL a proxy may log.
 */
export async function callApi(
  key: ApiKey,
  action: string,
  params: Readonly<Record<string, string | Secret | undefined>>,
): Promise<ApiAnswer> {
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
    'x-acs-version': '2018-03-13',
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
  const response = await fetch(url, { method: 'POST', headers: { ...sent, authorization }, body })
  return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
