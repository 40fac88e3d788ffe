import type { Timers } from '@opensag/protocol'

export interface WatchedOptions<Of, Facts> {
  readonly read: (of: Of) => Promise<Facts>
  /** How often it looks for a change. */
  readonly everyMs: number
  readonly timers: Timers
  /** It could not be read: that is tried again. */
  readonly problem: (error: unknown) => void
}

/** Something of a machine that changes by itself. */
export interface Watched<Of, Facts> {
  read(of: Of): Promise<Facts>
  /** It is not what was read last, until somebody reads it again. */
  onChange(listener: () => void): void
  /** It may change now. */
  soon(): void
  close(): void
}

/** What is told of a change may take a moment to have it. */
const soonMs = 1_000

/** Looks again and again, once somebody has read, whether it is still what was read last. */
export function watched<Of, Facts>({ read, everyMs, timers, problem }: WatchedOptions<Of, Facts>): Watched<Of, Facts> {
  const listeners: (() => void)[] = []
  let last: { readonly of: Of; readonly text: string } | undefined
  let cancel = (): void => {}
  let isLooking = false
  let isDue = false
  let isClosed = false

  async function look(): Promise<void> {
    if (last === undefined) return
    const text = JSON.stringify(await read(last.of))
    if (text === last.text) return
    for (const listener of listeners) listener()
  }

  async function turn(): Promise<void> {
    isLooking = true
    isDue = false
    await look().catch(problem)
    isLooking = false
    later(isDue ? soonMs : everyMs)
  }

  function later(milliseconds: number): void {
    cancel()
    if (!isClosed) cancel = timers.after(milliseconds, () => void turn())
  }

  later(everyMs)
  return {
    async read(of) {
      const facts = await read(of)
      last = { of, text: JSON.stringify(facts) }
      return facts
    },
    onChange: (listener) => void listeners.push(listener),
    soon() {
      if (isLooking) isDue = true
      else later(soonMs)
    },
    close() {
      isClosed = true
      cancel()
    },
  }
}
