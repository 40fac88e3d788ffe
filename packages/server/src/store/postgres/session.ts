import { StoreClosed } from '../errors.ts'
import type { StoreEvent } from '../events.ts'
import type { StoreTime } from '../store-time.ts'
import type { Link } from './link.ts'

/** A connection that is made again whenever it breaks. */
export interface Session {
  /** The one there is, or a new one as soon as there is a primary. @throws StoreClosed */
  link(): Promise<Link>
  close(): Promise<void>
}

export interface SessionOptions {
  readonly connect: () => Promise<Link>
  /** Whether a server has taken over since from the one that the connection leads to. */
  readonly isPast: (link: Link) => boolean
  readonly onEvent: (event: StoreEvent) => void
  readonly time: StoreTime
  /** From 0 up to 1; spreads the attempts of several nodes. */
  readonly random: () => number
}

/** Milliseconds between two attempts: a proxy without a server behind it accepts and closes at once. */
const [firstPauseMs, longestPauseMs] = [50, 1000]

export function createSession({ connect, isPast, onEvent, time, random }: SessionOptions): Session {
  let current: Link | undefined
  let connecting: Promise<Link> | undefined
  let closed = false
  /** Attempts since a connection lasted. */
  let attempts = 0
  let madeAt = 0
  let wake = (): void => {}

  function pause(): Promise<void> {
    const milliseconds = Math.min(firstPauseMs * 2 ** (attempts - 1), longestPauseMs) * (0.5 + random() / 2)
    return new Promise((resolve) => {
      const cancel = time.timers.after(milliseconds, resolve)
      wake = () => {
        cancel()
        resolve()
      }
    })
  }

  async function connectAtLast(): Promise<Link> {
    if (time.clock() - madeAt > longestPauseMs) attempts = 0
    while (!closed) {
      // One that breaks at once is not made again at once.
      if (attempts > 0) await pause()
      attempts += 1
      try {
        const link = await connect()
        if (isPast(link)) throw giveUp(link)
        madeAt = time.clock()
        if (!closed) return link
        await link.end()
      } catch (error) {
        onEvent({ kind: 'connection-lost', error })
      }
    }
    throw new StoreClosed()
  }

  async function link(): Promise<Link> {
    if (current !== undefined && isPast(current)) giveUp(current)
    if (current?.lost() === undefined && current !== undefined) return current
    if (current !== undefined) onEvent({ kind: 'connection-lost', error: current.lost() })
    current = undefined
    connecting ??= connectAtLast().finally(() => {
      connecting = undefined
    })
    current = await connecting
    return current
  }

  function giveUp(link: Link): Error {
    const error = new Error('The PostgreSQL server is a former primary.')
    link.drop(error)
    return error
  }

  return {
    link,
    async close() {
      closed = true
      wake()
      await connecting?.catch(() => {})
      await current?.end()
    },
  }
}
