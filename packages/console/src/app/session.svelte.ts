import {
  type Answer,
  type ClientContext,
  callApi,
  type OperationOf,
  type Params,
  type ParamsOf,
  type Product,
  type ResultOf,
  type SigningKey,
} from '@opensag/smartag-client'
import { endsSession } from '../api/errors.ts'
import { clock } from './clock.ts'

/** Who is logged on. The key stays in this object: reloading the page forgets it. */
export interface Session {
  readonly key: SigningKey
  readonly accountId: string
  /** `acs:ram::…`, as policies and the audit call the caller. */
  readonly arn: string
}

export const context: ClientContext = {
  fetch: (...request) => fetch(...request),
  origin: location.origin,
  now: () => clock.now(),
  nonce: () => crypto.randomUUID(),
}

class CurrentSession {
  #session = $state.raw<Session | undefined>()
  #ended = $state(false)

  get current(): Session | undefined {
    return this.#session
  }

  /** It ended by itself, and the person should be told. */
  get ended(): boolean {
    return this.#ended
  }

  begin(session: Session): void {
    this.#session = session
    this.#ended = false
  }

  end(byItself = false): void {
    this.#session = undefined
    this.#ended = byItself
  }
}

export const session = new CurrentSession()

/**
 * Calls the API as whoever is logged on.
 * @throws what {@link callApi} throws; when the key no longer counts the session is over besides.
 */
export function call<P extends Product, N extends OperationOf<P>>(
  product: P,
  action: N,
  params: ParamsOf<N>,
  signal?: AbortSignal,
): Promise<ResultOf<N>> {
  return callByName(product, action, params, signal)
}

/** As {@link call}, for an operation that is known only when the page runs. */
export async function callByName<T = Answer>(
  product: Product,
  action: string,
  params: Params,
  signal?: AbortSignal,
): Promise<T> {
  const { current } = session
  if (current === undefined) throw new DOMException('Nobody is logged on.', 'AbortError')
  try {
    return await callApi<T>(context, current.key, { product, action, params, signal })
  } catch (error) {
    if (endsSession(error) && session.current === current) session.end(true)
    throw error
  }
}
