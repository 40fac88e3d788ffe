import type { Lane, LaneName } from './lanes.ts'
import type { Generator } from './load/generator.ts'
import { ownGenerator } from './load/own.ts'
import { callers } from './workload.ts'

/** What a lane showed, round by round. */
export interface Shown {
  readonly perSecond: number[]
  readonly cpuMicros: number[]
  readonly p50Ms: number[]
  readonly p99Ms: number[]
}

/** Rounds that are played and not counted, until every process has compiled what is hot. */
const warmUps = 2
/** More than can be answered costs signatures that nobody checks. */
const reserve = 1.5
const firstPerSecond = 3000
/** Where requests can be sent again, so many different ones are enough. */
const fewRequests = 1280

/** Every lane in every round, in a new order each time: what comes after a busy neighbour would otherwise always do. */
export async function playRounds(
  lanes: ReadonlyMap<LaneName, Lane>,
  generator: Generator,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<ReadonlyMap<LaneName, Shown>> {
  const shown = new Map<LaneName, Shown>()
  const supply = new Map<LaneName, number>()
  const names = [...lanes.keys()]
  for (const name of names) shown.set(name, { perSecond: [], cpuMicros: [], p50Ms: [], p99Ms: [] })
  let turn = 0

  async function playOnce(name: LaneName, lane: Lane): Promise<void> {
    const { peer, secure, again, isOwn } = lane
    for (;;) {
      const count = again ? fewRequests : (supply.get(name) ?? Math.ceil(firstPerSecond * seconds))
      const requests = Array.from({ length: count }, () => lane.request(turn++))
      const before = peer.cpuMs()
      const played = await (isOwn ? ownGenerator : generator).play({
        port: peer.port,
        secure,
        connections: callers,
        seconds,
        requests,
        again,
      })
      const cpuMs = peer.cpuMs() - before
      supply.set(name, Math.ceil(played.perSecond * seconds * reserve * (played.ranOut ? 2 : 1)) + callers)
      if (played.ranOut) continue
      if (played.failures > 0) throw new Error(`${name}: ${played.failures} calls were refused; nothing was measured.`)
      const to = shown.get(name) as Shown
      to.perSecond.push(played.perSecond)
      to.cpuMicros.push((1000 * cpuMs) / played.answers)
      to.p50Ms.push(played.p50Ms)
      to.p99Ms.push(played.p99Ms)
      return
    }
  }

  for (let round = -warmUps; round < rounds; round++) {
    const first = (round + warmUps) % names.length
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      await playOnce(name, lanes.get(name) as Lane)
    }
    if (round < 0) for (const one of shown.values()) for (const values of Object.values(one)) values.length = 0
  }
  return shown
}
