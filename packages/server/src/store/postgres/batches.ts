import { StoreClosed } from '../errors.ts'
import type { StoreTime } from '../store-time.ts'
import { createDeadlines } from './deadlines.ts'

/** Something small that waits for the statement which is for all who wait. */
export interface Waiting<I, R> {
  readonly item: I
  readonly resolve: (result: R) => void
  readonly reject: (error: unknown) => void
  /** Whether its caller has been answered. */
  readonly isSettled: () => boolean
  /** It may have been done: nobody can be told that it was not. */
  sent: boolean
}

export interface Batches<I, R> {
  add(item: I): Promise<R>
  /** Resolves when everybody has been answered; nothing more is taken. */
  close(): Promise<void>
}

export interface BatchesOptions<I, R> {
  readonly most: number
  readonly waitMs: number
  readonly time: StoreTime
  /** Answers all of them. What it throws is the answer of those that are left. */
  readonly run: (batch: readonly Waiting<I, R>[]) => Promise<void>
  readonly late: (waiting: Waiting<I, R>) => Error
}

/** One statement, and one flush, for all who come while the one before is under way. */
export function createBatches<I, R>({ most, waitMs, time, run, late }: BatchesOptions<I, R>): Batches<I, R> {
  const queue: Waiting<I, R>[] = []
  const deadlines = createDeadlines(waitMs, time)
  let running = false
  let [closed, open] = [false, 0]
  let whenIdle = (): void => {}

  async function runAll(): Promise<void> {
    await time.turn()
    while (queue.length > 0) {
      const batch = queue.splice(0, most).filter(({ isSettled }) => !isSettled())
      try {
        if (batch.length > 0) await run(batch)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    running = false
  }

  function waitingFor(item: I, resolve: (result: R) => void, reject: (error: unknown) => void): Waiting<I, R> {
    let settled = false
    function settle(answer: () => void): void {
      if (settled) return
      settled = true
      stopWaiting()
      open -= 1
      answer()
      if (open === 0) whenIdle()
    }
    const waiting: Waiting<I, R> = {
      item,
      resolve: (result) => settle(() => resolve(result)),
      reject: (error) => settle(() => reject(error)),
      isSettled: () => settled,
      sent: false,
    }
    const stopWaiting = deadlines.add(() => waiting.reject(late(waiting)))
    return waiting
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new StoreClosed())
        open += 1
        queue.push(waitingFor(item, resolve, reject))
        if (running) return
        running = true
        void runAll()
      }),
    async close() {
      closed = true
      if (open > 0) await new Promise<void>((resolve) => (whenIdle = resolve))
      deadlines.close()
    },
  }
}
