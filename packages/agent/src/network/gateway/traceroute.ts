import { mostHops, type ToolHop } from '@opensag/protocol'
import { answererIn, pingText } from './ping-text.ts'

/** Runs `ping` with these arguments and returns what it wrote, whether an answer came or not. */
export type Ping = (...args: readonly string[]) => Promise<string>

/** Routers that are looked for side by side: each that is silent costs a second. */
const together = 10

/**
 * The routers on the way to an address, by echo requests that may pass so many of them: no program for it is needed beside `ping`. How
 * long one takes is how long it takes to answer itself.
 */
export async function traceroute(
  ping: Ping,
  to: string,
): Promise<{ readonly hops: readonly ToolHop[]; readonly isReached: boolean }> {
  const hops: ToolHop[] = []
  let isReached = false
  while (!isReached && hops.length < mostHops) {
    const from = hops.length + 1
    const found = await Promise.all(Array.from({ length: together }, (_, index) => hopAt(ping, to, from + index)))
    const end = found.findIndex(({ isTarget }) => isTarget)
    isReached = end >= 0
    hops.push(...found.slice(0, isReached ? end + 1 : undefined).map(({ isTarget: _, ...hop }) => hop))
    // Behind ten silent ones nobody is expected to speak.
    if (found.every(({ address }) => address === undefined)) break
  }
  return { hops: await timed(ping, isReached ? hops : withoutSilentEnd(hops)), isReached }
}

async function hopAt(ping: Ping, to: string, hop: number): Promise<ToolHop & { readonly isTarget: boolean }> {
  const answerer = answererIn(await ping('-c', '1', '-W', '1', '-t', String(hop), to))
  return { hop, isTarget: false, ...answerer }
}

async function timed(ping: Ping, hops: readonly ToolHop[]): Promise<readonly ToolHop[]> {
  return Promise.all(
    hops.map(async (hop) => {
      if (hop.address === undefined) return hop
      const [ms] = pingText(await ping('-c', '1', '-W', '1', hop.address), 1).times
      return typeof ms === 'number' ? { ...hop, ms } : hop
    }),
  )
}

/** One silent router stands for those behind it that say nothing either. */
function withoutSilentEnd(hops: readonly ToolHop[]): readonly ToolHop[] {
  const last = hops.findLastIndex(({ address }) => address !== undefined)
  return hops.slice(0, last + 2)
}
