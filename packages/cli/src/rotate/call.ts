import type { Answer } from '@opensag/rotation'
import { type ApiKey, type ApiParams, postSigned } from '../api-client.ts'

export interface Answered extends Answer {
  readonly is: 'answered'
  readonly message: string | undefined
  readonly retryAfterMs: number | undefined
  readonly body: Readonly<Record<string, unknown>>
}

/** What became of one request, as far as this side can know. */
export type Called =
  | Answered
  /** It left, and no answer came: whether it was carried out is not known. */
  | { readonly is: 'lost'; readonly why: string }
  /** It never left. */
  | { readonly is: 'not-sent'; readonly why: string }

export interface Caller {
  call(
    regionId: string,
    action: string,
    params: ApiParams,
    options?: { readonly version?: string | undefined },
  ): Promise<Called>
  /**
   * The endpoint's clock, milliseconds since 1970, as its last answer told it plus what has passed since. Undefined before
   * the first, and once it was seen to go back: then nothing it told can be laid beside its record any more.
   */
  endpointTime(): number | undefined
}

export interface CallerOptions {
  readonly key: ApiKey
  readonly endpointOf: (regionId: string) => string
  /** How long an answer is waited for, milliseconds. */
  readonly timeoutMs: number
  /** Milliseconds that only ever go forward, whatever happens to the wall clock. */
  readonly monotonic: () => number
}

const wholeSecondMs = 1000

/** Signs and sends; never throws for what the network does. */
export function createCaller({ key, endpointOf, timeoutMs, monotonic }: CallerOptions): Caller {
  let heard: { readonly endpointAt: number; readonly at: number } | undefined
  /** How far the endpoint's clock is ahead of ours, at least. */
  let ahead = Number.NEGATIVE_INFINITY
  let wentBack = false

  function hear(date: string | null, sentAt: number): void {
    const endpointAt = Date.parse(date ?? '')
    if (Number.isNaN(endpointAt)) return
    const at = monotonic()
    // It was written between sending and now, and tells whole seconds: only what no delay explains is a step back.
    if (endpointAt + wholeSecondMs - sentAt < ahead) wentBack = true
    ahead = Math.max(ahead, endpointAt - at)
    heard = { endpointAt, at }
  }

  return {
    async call(regionId, action, params, { version } = {}) {
      const endpoint = endpointOf(regionId)
      const sentAt = monotonic()
      const signal = AbortSignal.timeout(timeoutMs)
      let response: Response
      let text: string
      try {
        response = await postSigned({ ...key, endpoint }, action, params, { version, signal })
        hear(response.headers.get('date'), sentAt)
        text = await response.text()
      } catch (error) {
        return failed(error, timeoutMs)
      }
      return answered(response, text)
    },
    endpointTime: () =>
      heard === undefined || wentBack ? undefined : Math.round(heard.endpointAt + monotonic() - heard.at),
  }
}

function answered({ status, headers }: Response, text: string): Answered {
  const body = objectIn(text) ?? {}
  const retryAfter = Number(headers.get('x-acs-retry-after'))
  return {
    is: 'answered',
    status,
    code: textIn(body['Code']),
    message: textIn(body['Message']),
    requestId: textIn(body['RequestId']),
    success: typeof body['Success'] === 'boolean' ? body['Success'] : undefined,
    retryAfterMs: retryAfter > 0 ? retryAfter : undefined,
    body,
  }
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    // A proxy's page, or an answer cut short: then its status is all that is known of it.
    return undefined
  }
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
}

/** Errors that happen before the first byte of a request is sent; after any other it may have arrived. */
const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_FAIL|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EMFILE|ENFILE|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|ERR_SSL_(WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL|.*ALERT_HANDSHAKE_FAILURE|.*ALERT_PROTOCOL_VERSION)|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*)$/

function failed(error: unknown, timeoutMs: number): Called {
  const { name, cause } = error as Error
  if (name === 'TimeoutError') return { is: 'lost', why: `no answer within ${timeoutMs / 1000} s` }
  const reason = cause instanceof AggregateError ? (cause.errors[0] as unknown) : (cause ?? error)
  const { code, message, syscall } = reason as NodeJS.ErrnoException
  const why = code ?? message
  // A way that breaks off has the same name before and after something was sent on it.
  const isUnsent = code !== undefined && beforeSending.test(code) && syscall !== 'read' && syscall !== 'write'
  return { is: isUnsent ? 'not-sent' : 'lost', why }
}
