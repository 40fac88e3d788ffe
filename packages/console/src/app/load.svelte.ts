import { untrack } from 'svelte'
import { session } from './session.svelte.ts'

export interface Loaded<T> {
  readonly value: T | undefined
  readonly error: unknown
  /** The first answer is still awaited. */
  readonly pending: boolean
  reload(): Promise<void>
}

export interface LoadOptions {
  /** Milliseconds between looks while the page is seen. */
  readonly every?: number
  /** Keeps the old answer also when `load` asks for something else: for another page or filter of the same list. */
  readonly keepsAnswer?: boolean
}

/**
 * What a screen shows, kept up to date: loads when what `load` reads of the state changes, and again every so often.
 * While it loads the same again the old answer stays. It goes when `load` asks for something else, or what belongs to
 * one instance would be shown as another's, for as long as that one cannot be read. Only the newest answer counts.
 * For the initialisation of a component.
 */
export function loaded<T>(
  load: (signal: AbortSignal) => Promise<T>,
  { every, keepsAnswer = false }: LoadOptions = {},
): Loaded<T> {
  let value = $state.raw<T | undefined>()
  let error = $state.raw<unknown>()
  let pending = $state(true)
  let flight: AbortController | undefined
  let isShown = true

  async function fly(promise: (signal: AbortSignal) => Promise<T>): Promise<void> {
    flight?.abort()
    const own = new AbortController()
    flight = own
    try {
      const answer = await promise(own.signal)
      if (flight !== own) return
      value = answer
      error = undefined
    } catch (failure) {
      if (flight !== own) return
      error = failure
    }
    pending = false
  }

  $effect(() => {
    isShown = true
    if (!keepsAnswer) {
      value = undefined
      error = undefined
    }
    pending = untrack(() => value === undefined)
    void fly(load)
    const timer =
      every === undefined
        ? undefined
        : setInterval(() => {
            if (document.visibilityState === 'visible' && !session.lapsed) void fly(load)
          }, every)
    return () => {
      isShown = false
      clearInterval(timer)
      flight?.abort()
      flight = undefined
    }
  })

  return {
    get value() {
      return value
    },
    get error() {
      return error
    },
    get pending() {
      return pending
    },
    // What is undone later may be of a screen that was left.
    reload: () => (isShown ? fly(load) : Promise.resolve()),
  }
}
