import type { Group } from '../groups.ts'
import { type LaneName, laneNames, openLanes } from '../lanes.ts'
import type { Peer } from '../peers.ts'
import { playRounds, type Shown } from '../rounds.ts'
import { median, ratios } from '../statistics.ts'
import { callRows, measuredCalls } from './calls.ts'

export const callGroup: Group = {
  name: 'under-load',
  rows: callRows,
  withinMs: ({ rounds, seconds }) => 180_000 + (rounds + 8) * 13 * (seconds * 1000 + 4000),
  async measure(chosen, { options, generator, folder, say }) {
    const rows = callRows.filter(({ id }) => chosen.has(id))
    const wanted = new Set(rows.flatMap(({ lanes }) => lanes))
    const peers: Peer[] = []
    try {
      const lanes = await openLanes(wanted, { root: options.root, folder }, peers)
      const shown = await playRounds(lanes, generator, options)
      for (const line of lines(shown)) say(line)
      return measuredCalls(rows, shown)
    } finally {
      await Promise.all(peers.map((peer) => peer.stop()))
    }
  },
}

function lines(shown: ReadonlyMap<LaneName, Shown>): readonly string[] {
  const bases = (['bare', 'handWrite', 'handRead'] as const).filter((name) => shown.has(name))
  return [...shown].map(([name, { perSecond, cpuMicros, p50Ms, p99Ms }]) => {
    const beside = bases.map((base) => {
      const other = shown.get(base)
      const rates = median(ratios(perSecond, other?.perSecond ?? [])).toFixed(3)
      const cpu = median(ratios(cpuMicros, other?.cpuMicros ?? [])).toFixed(2)
      return `${rates} × ${base} (CPU ${cpu} ×)`
    })
    const rate = `${median(perSecond).toFixed(0).padStart(7)}/s ${median(cpuMicros).toFixed(0).padStart(5)} µs CPU`
    const times = `p50 ${median(p50Ms).toFixed(1)} ms, p99 ${median(p99Ms).toFixed(1)} ms`
    return `${laneNames[name].padEnd(38)} ${rate}  ${times}  ${beside.join('  ')}`
  })
}
