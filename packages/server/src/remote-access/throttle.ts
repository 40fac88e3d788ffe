import { createHmac } from 'node:crypto'
import type { Limits, Secret } from '@opensag/protocol'
import { createRecentlyUsed } from '../recently-used.ts'
import { clearGuesses, countGuess, type Guesser, longestMemory, takeBackGuess } from '../store/access/guesses.ts'
import type { Store } from '../store/store.ts'

/** C, as all throttling. For guesses at one account, wherever they come from: short, since it also locks out its owner. */
export const perAccount: Limits = { free: 5, firstWait: 1_000, longestWait: 60_000, memory: longestMemory }
/** For guesses from one place at many accounts; a branch office behind one address has many people who err. */
export const perAddress: Limits = { free: 30, firstWait: 1_000, longestWait: 300_000, memory: longestMemory }

/** Those who have to wait, so that asking again costs the store nothing. */
const mostRemembered = 10_000

export type Attempt =
  | { readonly allowed: false; readonly wait: number }
  | {
      readonly allowed: true
      /** The password was right. */
      succeeded(): Promise<void>
      /** It was no guess: it counts as if it had not been made. What was guessed before stays counted. */
      takeBack(): Promise<void>
    }

/**
 * How often passwords may be tried, at all nodes together: keyed by the account as it was named, and by where the attempt
 * comes from. The rule is that of the protocol's throttle: an attempt is a failure until it turns out right, and while
 * somebody has to wait, nothing is looked at.
 */
export interface LogonThrottle {
  begin(keys: readonly [account: string, source: string], now: number): Promise<Attempt>
}

export interface LogonThrottleOptions {
  readonly store: Pick<Store, 'write'>
  /** What is tried to log on to; each is counted apart. */
  readonly kind: 'console' | 'remote' | 'sso'
  /** The store holds names and addresses as hashes under it. The same at all nodes. */
  readonly guessKey: Secret
}

export function createLogonThrottle({ store, kind, guessKey }: LogonThrottleOptions): LogonThrottle {
  const waiting = createRecentlyUsed<string, number>(mostRemembered)

  function hidden(text: string): string {
    return createHmac('sha256', guessKey.revealBytes()).update(text).digest('base64url').slice(0, 22)
  }

  /** As this node was told last. Nobody can be let in before that is over, at no node. */
  function waitOf(guesser: Guesser, now: number): number {
    const wait = (waiting.get(nameOf(guesser)) ?? now) - now
    // A clock set back must not lock anybody out for longer than the rule says.
    return wait > guesser.limits.longestWait ? 0 : Math.max(0, wait)
  }

  return {
    async begin([account, source], now) {
      const byAccount = { kind: `${kind} account`, guesser: hidden(account), limits: perAccount }
      const bySource = { kind: `${kind} source`, guesser: hidden(source), limits: perAddress }
      const guessers = [byAccount, bySource]
      const known = Math.max(...guessers.map((guesser) => waitOf(guesser, now)))
      if (known > 0) return { allowed: false, wait: known }

      const waits = await store.write((tx) => countGuess(tx, guessers, now))
      const wait = Math.max(...waits)
      if (wait > 0) {
        for (const [index, guesser] of guessers.entries()) waiting.set(nameOf(guesser), now + (waits[index] ?? 0))
        return { allowed: false, wait }
      }
      return {
        allowed: true,
        async succeeded() {
          await store.write(async (tx) => {
            // An account can only be itself; behind an address may be many.
            await clearGuesses(tx, byAccount)
            await takeBackGuess(tx, bySource)
          })
          for (const guesser of guessers) waiting.delete(nameOf(guesser))
        },
        async takeBack() {
          await store.write(async (tx) => {
            for (const guesser of guessers) await takeBackGuess(tx, guesser)
          })
        },
      }
    },
  }
}

function nameOf({ kind, guesser }: Guesser): string {
  return `${kind} ${guesser}`
}
