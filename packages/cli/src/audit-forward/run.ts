import { PassThrough } from 'node:stream'
import { systemTimers } from '@opensag/protocol'
import { namedFile } from '../named-file.ts'
import { askOperatorForLines } from '../operator-client.ts'
import { stopSignal } from '../process.ts'
import { parseDuration } from '../rotate/duration.ts'
import { translated } from '../say.ts'
import { openCursor } from './cursor.ts'
import { forward } from './forward.ts'
import { linesOf } from './lines.ts'
import { type TargetFlags, targetOf } from './target.ts'
import { openTrail, type Trail } from './trail.ts'

export interface ForwardFlags extends TargetFlags {
  readonly state: string
  readonly timeout: string
  readonly data: string
}

const limits = { entries: 500, bytes: 1024 * 1024, waitMs: 250 }
/** A delivery that is under way when it is told to stop has so long: less than what stops it waits before it kills. */
const graceMs = 5000

/** `opensag audit forward`: until it is told to stop. */
export async function forwardAudit(flags: ForwardFlags): Promise<void> {
  const { state, data } = flags
  const timeoutMs = parseDuration('--timeout', flags.timeout)
  const to = flags.to.startsWith('@') ? (await namedFile(flags.to.slice(1), '--to')).trim() : flags.to
  const target = await targetOf({ ...flags, to })
  const cursor = await openCursor(state, to)
  const stopping = new AbortController()
  const abandoning = new AbortController()
  let cancel = (): void => {}
  void stopSignal().then(() => {
    stopping.abort()
    cancel = systemTimers.after(graceMs, () => abandoning.abort())
  })
  try {
    await forward({
      target,
      cursor,
      open: (after) => openServer(data, after, stopping.signal),
      timeoutMs,
      timers: systemTimers,
      chance: Math.random,
      stop: stopping.signal,
      abandon: abandoning.signal,
      note: (text) => console.error(translated(text)),
    })
  } finally {
    cancel()
    await cursor.close()
  }
}

async function openServer(data: string, after: number, stop: AbortSignal): Promise<Trail & { close(): void }> {
  const lines = new PassThrough()
  lines.on('error', () => {})
  const reading = new AbortController()
  function close(): void {
    stop.removeEventListener('abort', close)
    reading.abort()
    lines.destroy()
  }
  stop.addEventListener('abort', close)
  const input = { after, follow: true, marks: true }
  askOperatorForLines(data, 'audit export', input, lines, reading.signal).then(
    () => void lines.end(),
    (error: Error) => void lines.destroy(error),
  )
  try {
    const trail = await openTrail(linesOf(lines), { limits, timers: systemTimers })
    return { ...trail, close }
  } catch (error) {
    close()
    throw error
  }
}
