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
import { untrack } from 'svelte'
import { endsSession } from '../api/errors.ts'
import { clock } from './clock.ts'
import { eraseDrafts } from './draft-place.ts'

/** Who is logged on. */
export interface Identity {
  readonly accountId: string
  /** `acs:ram::…`, as policies and the audit call the caller. */
  readonly arn: string
  /** Begun by an OpenID provider, where the person stays logged on. */
  readonly atProvider?: boolean
}

/** How somebody logged on: by a key pair or as a user, and what was typed as its name. */
export interface LogonBy {
  readonly way: 'key' | 'password'
  readonly name: string
}

/** What a logon opens. */
export interface Session extends Identity {
  readonly key: SigningKey
  /** Undefined: a provider said who it is. */
  readonly by?: LogonBy | undefined
}

export const context: ClientContext = {
  fetch: (...request) => fetch(...request),
  origin: location.origin,
  now: () => clock.now(),
  nonce: () => crypto.randomUUID(),
}

/** The keys stay in this object: reloading the page forgets them. */
class CurrentSession {
  #current = $state.raw<Identity | undefined>()
  #key: SigningKey | undefined
  #by: LogonBy | undefined
  #lapsed = $state(false)
  #ended = $state(false)
  #leftProvider = $state(false)
  readonly #waiting = new Set<() => void>()

  /** The same object for as long as the same person goes on, also with the key of another logon. */
  get current(): Identity | undefined {
    return this.#current
  }

  get key(): SigningKey | undefined {
    return this.#key
  }

  get by(): LogonBy | undefined {
    return this.#by
  }

  /** Its key no longer counts. The page stays as it is until the same person logs on again. */
  get lapsed(): boolean {
    return this.#lapsed
  }

  /** It ended by itself, and the person should be told. */
  get ended(): boolean {
    return this.#ended
  }

  /** Goes on with what is open where the same person logged on again, and begins anew for anybody else. */
  begin({ key, by, ...identity }: Session): void {
    const goesOn = this.#lapsed && this.#current?.arn === identity.arn
    if (!goesOn) {
      // Nobody gets to see what somebody else has typed.
      eraseDrafts(identity.arn)
      this.#current = identity
    }
    this.#key = key
    this.#by = by
    this.#lapsed = false
    this.#leftProvider = false
    this.#ended = false
    this.#goOn()
  }

  /** It was logged off, but at the provider that had begun it the person still is logged on. */
  get leftProvider(): boolean {
    return this.#leftProvider
  }

  /** The server refused this key: whoever it belongs to has to log on again. */
  lapse(key: SigningKey): void {
    if (key === this.#key) this.#lapsed = true
  }

  end(byItself = false): void {
    // What was typed is kept for a session that ended by itself, and thrown away by logging off.
    if (!byItself) eraseDrafts()
    this.#leftProvider = !byItself && this.#current?.atProvider === true
    this.#current = undefined
    this.#key = undefined
    this.#lapsed = false
    this.#ended = byItself
    this.#goOn()
  }

  /**
   * A key that counts as far as is known here; it waits for the person to log on again.
   * @throws AbortError when nobody is logged on, or somebody else, and when the call is given up
   */
  async usableKey(signal?: AbortSignal): Promise<SigningKey> {
    const owner = this.#current
    // What is shown is not loaded anew because of it.
    while (untrack(() => this.#lapsed) && this.#current === owner) await this.#renewal(signal)
    if (this.#key === undefined || this.#current !== owner) throw nobody()
    return this.#key
  }

  #renewal(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#waiting.delete(goOn)
        reject(signal?.reason)
      }
      const goOn = (): void => {
        signal?.removeEventListener('abort', giveUp)
        resolve()
      }
      if (signal?.aborted === true) return giveUp()
      this.#waiting.add(goOn)
      signal?.addEventListener('abort', giveUp, { once: true })
    })
  }

  #goOn(): void {
    for (const goOn of this.#waiting) goOn()
    this.#waiting.clear()
  }
}

const nobody = (): DOMException => new DOMException('Nobody is logged on.', 'AbortError')

export const session = new CurrentSession()

/**
 * Calls the API as whoever is logged on. A call that is refused because the session has ended did nothing: it waits until the same
 * person has logged on again, and is sent once more.
 * @throws what {@link callApi} throws; AbortError when that person does not come back.
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
  const key = await session.usableKey(signal)
  try {
    return await callApi<T>(context, key, { product, action, params, signal })
  } catch (error) {
    if (!endsSession(error) || session.current !== current) throw error
    session.lapse(key)
  }
  const another = await session.usableKey(signal)
  try {
    return await callApi<T>(context, another, { product, action, params, signal })
  } catch (error) {
    if (endsSession(error)) session.lapse(another)
    throw error
  }
}
