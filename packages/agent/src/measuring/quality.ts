import type { PointQuality, Timers, WallClock } from '@opensag/protocol'
import type { Prober, TaskOutcome } from '../probes/prober.ts'

export interface QualityOptions {
  readonly prober: Pick<Prober, 'probe'>
  readonly timers: Timers
  readonly wallClock: WallClock
}

/** Echo requests to each point; from one to the next; how long each waits, milliseconds. */
const count = 10
const gapMs = 200
const timeoutMs = 1_000

/** Measures the ways to some points by echo requests from the gateway's own address, to all of them side by side. */
export function measurePoints(addresses: readonly string[], options: QualityOptions): Promise<readonly PointQuality[]> {
  return Promise.all(addresses.map((address) => measurePoint(address, options)))
}

async function measurePoint(to: string, { prober, timers, wallClock }: QualityOptions): Promise<PointQuality> {
  const at = wallClock()
  const under: Promise<TaskOutcome>[] = []
  for (let made = 0; made < count; made++) {
    if (made > 0) await new Promise<void>((resolve) => void timers.after(gapMs, resolve))
    const one = prober.probe({ protocol: 'icmp', from: undefined, to, port: undefined, timeoutMs })
    // All are waited for when the last has been sent; until then nobody would handle that one has failed.
    one.catch(() => {})
    under.push(one)
  }
  const outcomes = await Promise.all(under)
  const sent = outcomes.filter(({ is }) => is === 'answered' || is === 'lost').length
  const times = outcomes.flatMap((one) => (one.is === 'answered' ? one.afterMs : []))
  const ms = times.reduce((sum, one) => sum + one, 0) / times.length
  return { address: to, at, sent, answered: times.length, ...(times.length === 0 ? {} : { ms }) }
}
