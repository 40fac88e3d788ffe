import { type ClientContext, callApi } from './call.ts'
import { ApiError } from './errors.ts'
import { products } from './generated/products.ts'
import type { ErrorCodeOf, OperationOf, ParamsOf, ResultOf } from './operations.ts'
import type { SigningKey } from './sign-v3.ts'

export interface ClientOptions {
  /** Scheme, host and port: `https://sag.example.com:7240`. */
  readonly endpoint: string
  readonly key: SigningKey
  /** Instead of the global one. */
  readonly fetch?: typeof fetch
  /** Milliseconds since 1970 by the server's clock; `Date.now` unless it is said. */
  readonly now?: () => number
  /** Unique for every call; a random UUID unless it is said. */
  readonly nonce?: () => string
}

export interface CallOptions {
  readonly signal?: AbortSignal
}

/** A refusal as a value, with the codes that the operation can be refused with. */
export type Outcome<N extends OperationOf> =
  | { readonly ok: true; readonly result: ResultOf<N> }
  | { readonly ok: false; readonly error: ApiError<ErrorCodeOf<N>> }

export interface SmartagClient {
  /** @throws ApiError when the API refuses; Unreachable when no server answers. */
  call<N extends OperationOf>(operation: N, params: ParamsOf<N>, options?: CallOptions): Promise<ResultOf<N>>
  /** As `call`, with a refusal as a value whose code the compiler knows. @throws Unreachable when no server answers. */
  attempt<N extends OperationOf>(operation: N, params: ParamsOf<N>, options?: CallOptions): Promise<Outcome<N>>
}

/** A client of one endpoint that signs with one key (`ACS3-HMAC-SHA256`), in Node.js and in browsers. */
export function smartagClient({ endpoint, key, ...options }: ClientOptions): SmartagClient {
  const context: ClientContext = {
    fetch: options.fetch ?? ((...request) => fetch(...request)),
    origin: new URL(endpoint).origin,
    now: options.now ?? (() => Date.now()),
    nonce: options.nonce ?? (() => crypto.randomUUID()),
  }

  async function call<N extends OperationOf>(
    operation: N,
    params: ParamsOf<N>,
    { signal }: CallOptions = {},
  ): Promise<ResultOf<N>> {
    return callApi(context, key, { product: products[operation], action: operation, params, signal })
  }

  async function attempt<N extends OperationOf>(
    operation: N,
    params: ParamsOf<N>,
    callOptions?: CallOptions,
  ): Promise<Outcome<N>> {
    try {
      return { ok: true, result: await call(operation, params, callOptions) }
    } catch (error) {
      if (error instanceof ApiError) return { ok: false, error: error as ApiError<ErrorCodeOf<N>> }
      throw error
    }
  }

  return { call, attempt }
}
