import { type ClientContext, type SignedV3, type SigningKey, signedV3, Unreachable } from '@opensag/smartag-client'

export type AnswerFormat = 'JSON' | 'XML'

export interface RunRequest {
  readonly version: string
  readonly action: string
  /** By their names on the wire, secrets included. */
  readonly params: ReadonlyMap<string, string>
  /** Names of those parameters that are secrets. */
  readonly secrets: ReadonlySet<string>
  readonly format: AnswerFormat
}

/** One call as it was made and answered. Of a secret only that there was one. */
export interface RunRecord {
  readonly target: string
  readonly signed: SignedV3
  /** The body that was sent, with the secrets hidden. */
  readonly body: string
  readonly status: number
  readonly statusText: string
  readonly answerHeaders: readonly (readonly [string, string])[]
  readonly answer: string
  readonly format: AnswerFormat
  readonly code: string | undefined
  readonly requestId: string
  /** From sending the request to having read the answer. */
  readonly milliseconds: number
}

export const hidden = '••••••••'

/**
 * Signs a call, makes it, and keeps what was sent and answered.
 * @throws Unreachable when nothing answers; AbortError when it was given up.
 */
export async function runCall(
  context: ClientContext,
  key: SigningKey,
  request: RunRequest,
  signal?: AbortSignal,
): Promise<RunRecord> {
  const { version, action, params, secrets, format } = request
  const pairs = [...params, ['Format', format] as const]
  const body = new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString()
  const signed = await signedV3(
    {
      action,
      version,
      body,
      host: new URL(context.origin).host,
      date: new Date(context.now()),
      nonce: context.nonce(),
    },
    key,
  )
  const began = performance.now()
  const { response, answer } = await send(context, { headers: signed.headers, body, signal: signal ?? null })
  const milliseconds = performance.now() - began
  return {
    target: `${context.origin}/`,
    signed: withoutToken(signed, key),
    body: pairs.map(([name, value]) => `${enc(name)}=${secrets.has(name) ? hidden : enc(value)}`).join('&'),
    status: response.status,
    statusText: response.statusText,
    answerHeaders: [...response.headers],
    answer,
    format: /xml/.test(response.headers.get('content-type') ?? '') ? 'XML' : 'JSON',
    code: response.ok ? undefined : memberOf(answer, 'Code'),
    requestId: response.headers.get('x-acs-request-id') ?? memberOf(answer, 'RequestId') ?? '',
    milliseconds,
  }
}

const enc = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1)

async function send(
  context: ClientContext,
  request: { readonly headers: HeadersInit; readonly body: string; readonly signal: AbortSignal | null },
): Promise<{ readonly response: Response; readonly answer: string }> {
  try {
    const response = await context.fetch(`${context.origin}/`, {
      method: 'POST',
      credentials: 'omit',
      cache: 'no-store',
      ...request,
    })
    return { response, answer: await response.text() }
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new Unreachable('The server did not answer.', { cause })
  }
}

/** Whoever has a session's token and secret is its caller: the page shows neither. */
function withoutToken(signed: SignedV3, { securityToken }: SigningKey): SignedV3 {
  if (securityToken === undefined) return signed
  const headers = Object.fromEntries(
    Object.entries(signed.headers).map(([name, value]) => [name, value === securityToken ? hidden : value]),
  )
  return { ...signed, headers, canonicalRequest: signed.canonicalRequest.replace(securityToken, () => hidden) }
}

/** A member at the top of an answer, in either form. */
function memberOf(answer: string, name: string): string | undefined {
  const xml = new RegExp(`<${name}>([^<]*)</${name}>`).exec(answer)?.[1]
  if (xml !== undefined) return xml
  return new RegExp(`"${name}"\\s*:\\s*"([^"]*)"`).exec(answer)?.[1]
}
