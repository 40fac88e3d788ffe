import { type AttemptOptions, createAttempts, firstMs } from './attempts.ts'
import type { Cursor } from './cursor.ts'
import type { Batch, Target } from './entry.ts'
import type { Trail } from './trail.ts'

export interface ForwardOptions extends AttemptOptions {
  readonly target: Target
  readonly cursor: Cursor
  /** The trail behind this entry, until the server ends that. @throws when it cannot be reached */
  readonly open: (after: number) => Promise<Trail & { close(): void }>
  /** The longest time for one delivery, milliseconds. */
  readonly timeoutMs: number
  /** When a delivery under way is given up: some time after `stop`, which lets it come to its end. */
  readonly abandon: AbortSignal
}

/**
 * Forwards entries in their order until it is stopped: the next batch begins when the other side has the one before and the
 * cursor is on disk, so that nothing is left out and memory holds one batch.
 */
export async function forward(options: ForwardOptions): Promise<void> {
  const { target, cursor, open, timers, timeoutMs, stop, abandon, note } = options
  const attempts = createAttempts(options)
  while (!stop.aborted) {
    try {
      await follow()
    } catch (error) {
      if (error instanceof NotRetried) throw error.cause
      if (stop.aborted) return
      await attempts.failed('reading', error)
    }
    // It ends in order when the server stops.
    await attempts.pause(firstMs)
  }

  async function follow(): Promise<void> {
    const trail = await open(cursor.after())
    try {
      if (trail.name !== cursor.trail()) return await begin(trail)
      if (trail.settledTo < cursor.after()) throw new Error(wentBack(trail, cursor))
      attempts.worked('reading')
      for await (const batch of trail.batches) {
        await deliver(batch)
        if (stop.aborted) return
      }
    } finally {
      trail.close()
    }
  }

  async function begin({ name }: Trail): Promise<void> {
    if (cursor.trail() !== '')
      note('The server has another trail since it was restored: it is sent from its beginning.')
    await kept(cursor.begin(name))
  }

  async function deliver(batch: Batch): Promise<void> {
    const last = batch.entries.at(-1)
    if (last === undefined) return
    if (batch.gap !== undefined) note(missing(batch.gap))
    for (;;) {
      if (stop.aborted) return
      try {
        await attempt(batch)
        break
      } catch (error) {
        if (stop.aborted) return
        await attempts.failed('sending', error)
      }
    }
    attempts.worked('sending')
    await kept(cursor.advance(last.id))
  }

  async function attempt(batch: Batch): Promise<void> {
    const ending = new AbortController()
    const cancel = timers.after(timeoutMs, () => ending.abort(new Error('The receiver did not take them in time.')))
    const end = (): void => ending.abort(new Error('It was stopped.'))
    abandon.addEventListener('abort', end)
    if (abandon.aborted) end()
    try {
      await target.deliver(batch, ending.signal)
    } finally {
      cancel()
      abandon.removeEventListener('abort', end)
    }
  }
}

/** Going on would send everything again after the next start, more of it each time. */
async function kept(writing: Promise<void>): Promise<void> {
  try {
    await writing
  } catch (cause) {
    throw new NotRetried(cause)
  }
}

class NotRetried extends Error {
  constructor(cause: unknown) {
    super('The cursor cannot be written.', { cause })
  }
}

export function missing({ after, through }: { readonly after: number; readonly through: number }): string {
  return `Entries ${after + 1} to ${through} were deleted from the trail before they were forwarded.`
}

/** Its numbers are given to other entries: behind the cursor they would be left out. */
function wentBack({ settledTo }: Trail, cursor: Cursor): string {
  return (
    `its newest entry is ${settledTo}, and entries up to ${cursor.after()} were forwarded. ` +
    'After a restore by other means than `opensag restore`, run `opensag restore --mark-only`.'
  )
}
