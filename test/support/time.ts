import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/** Milliseconds that `work` takes on the machine on which the limits were chosen. */
const usualWorkMs = 20

let highest = Math.max(1, Number(process.env['OPENSAG_TIME_FACTOR']) || 1)

/**
 * By how much every limit of a test is longer than on a machine that has nothing else to do: at least
 * `OPENSAG_TIME_FACTOR`, more while there is more to run than there are processors. It never goes down again within one
 * process, for a test that began under load is late even when the load has gone.
 */
export function timeFactor(): number {
  highest = Math.max(highest, loadPerProcessor())
  return highest
}

/** A limit of time, in milliseconds, as this machine needs it now. Every limit in a test goes through here. */
export function limit(milliseconds: number): number {
  return Math.ceil(milliseconds * timeFactor())
}

/**
 * Asks until the answer is neither `undefined` nor `false`, and returns it.
 *
 * @param within a `limit`; it grows when the load grows meanwhile
 * @throws when it does not come about in time
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  within = limit(45_000),
): Promise<Exclude<T, undefined | false>> {
  const unloaded = within / timeFactor()
  const begun = performance.now()
  for (let pauseMs = 2; ; pauseMs = Math.min(25, pauseMs * 1.5)) {
    const found = await look()
    if (found !== undefined && found !== false) return found as Exclude<T, undefined | false>
    if (performance.now() - begun > limit(unloaded)) {
      throw new Error(`It did not come about in ${limit(unloaded)} ms: ${what}`)
    }
    await new Promise((next) => setTimeout(next, pauseMs))
  }
}

/** How much slower this processor is than the usual one, at least 1: of several tries the quickest, so that load does not count. */
export function processorSlowness(): number {
  return Math.max(1, Math.min(...Array.from({ length: 5 }, work)) / usualWorkMs)
}

function work(): number {
  const begun = performance.now()
  let mixed = 1
  for (let turn = 0; turn < 10_000_000; turn++) mixed = Math.imul(mixed ^ turn, 0x6d2b79f5) >>> 1
  return mixed === -1 ? 0 : performance.now() - begun
}

/** What wants to run, per processor: on average over the last minute, or at this moment if that is more. */
function loadPerProcessor(): number {
  if (process.platform !== 'linux') return 1
  // "20.00 15.03 10.10 21/345 6789": the average over a minute, and how many threads run now, this one included.
  const [average = '', , , running = ''] = readFileSync('/proc/loadavg', 'utf8').split(' ')
  return Math.max(Number(average), Number.parseInt(running, 10) - 1) / availableParallelism()
}
