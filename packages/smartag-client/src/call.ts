import { ApiError, type Denied, Unreachable } from './errors.ts'
import { formBody, type Params } from './form.ts'
import { versions } from './generated/products.ts'
import type { Product } from './operations.ts'
import { type SigningKey, signV3 } from './sign-v3.ts'

export type Answer = Readonly<Record<string, unknown>>

export interface ClientContext {
  readonly fetch: typeof fetch
  /** Scheme, host and port of the endpoint. */
  readonly origin: string
  /** Milliseconds since 1970 by the server's clock: signatures count for 15 minutes around it. */
  readonly now: () => number
  readonly nonce: () => string
}

export interface Call {
  readonly product: Product
  readonly action: string
  readonly params: Params
  readonly signal?: AbortSignal | undefined
}

/**
 * Signs a call (V3) and makes it. `T` is what the operation answers; nothing checks that it does.
 * @throws ApiError when the API refuses; Unreachable when nothing answers that is one.
 */
export async function callApi<T = Answer>(context: ClientContext, key: SigningKey, call: Call): Promise<T> {
  const { product, action, params, signal } = call
  const body = formBody(params)
  const headers = await signV3(
    {
      action,
      version: versions[product],
      host: new URL(context.origin).host,
      body,
      date: new Date(context.now()),
      nonce: context.nonce(),
    },
    key,
  )
  const { status, json } = await post(context, { headers, body, signal })
  if (status >= 200 && status < 300) return json as T
  const refused = json as Answer
  throw new ApiError({
    status,
    code: String(refused['Code'] ?? `HTTP ${status}`),
    message: String(refused['Message'] ?? ''),
    requestId: String(refused['RequestId'] ?? ''),
    operation: `${product}:${action}`,
    denied: deniedIn(refused['AccessDeniedDetail']),
  })
}

function deniedIn(detail: unknown): Denied | undefined {
  if (typeof detail !== 'object' || detail === null) return undefined
  const { AuthAction, AuthResource, Hint } = detail as Readonly<Record<string, string | undefined>>
  return AuthAction === undefined ? undefined : { action: AuthAction, resource: AuthResource, hint: Hint }
}

async function post(
  context: ClientContext,
  request: {
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
    readonly signal: AbortSignal | undefined
  },
): Promise<{ readonly status: number; readonly json: unknown }> {
  const init = {
    method: 'POST',
    headers: { accept: 'application/json', ...request.headers },
    body: request.body,
    // Followed, a redirection would carry the parameters elsewhere.
    redirect: 'error',
    credentials: 'omit',
    cache: 'no-store',
    signal: request.signal ?? null,
  } as const
  try {
    const response = await context.fetch(`${context.origin}/`, init)
    return { status: response.status, json: await response.json() }
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new Unreachable('The server did not answer.', { cause })
  }
}
