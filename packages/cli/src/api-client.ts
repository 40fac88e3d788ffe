import { randomBytes } from 'node:crypto'
import type { Secret } from '@opensag/protocol'
import { signV3, versions } from '@opensag/smartag-client'

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
  { version = versions.Smartag, signal }: CallOptions = {},
): Promise<Response> {
  const url = new URL('/', key.endpoint)
  const body = new URLSearchParams(
    Object.entries(params).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value : value.reveal()]],
    ),
  ).toString()
  const headers = await signV3(
    { action, version, host: url.host, body, date: new Date(), nonce: randomBytes(16).toString('hex') },
    {
      accessKeyId: key.accessKeyId,
      accessKeySecret: key.accessKeySecret.reveal(),
      securityToken: key.securityToken?.reveal(),
    },
  )
  return fetch(url, {
    method: 'POST',
    redirect: 'manual',
    // The audit trail tells that a call came from the command line.
    headers: { ...headers, 'user-agent': 'opensag-cli' },
    body,
    ...(signal === undefined ? {} : { signal }),
  })
}
