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

/** So many calls a lane answers before it counts: until then V8 compiles, and a cold server shows a third of its speed. */
const warmAnswers = 8000
/** More often, and a slow peer or a busy machine would take all day. */
const warmUps = 8
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

  /** @returns how many it answered */
  async function playOnce(name: LaneName, to: Shown | undefined): Promise<number> {
    const { peer, secure, again, isOwn, request } = lanes.get(name) as Lane
    for (;;) {
      const count = again ? fewRequests : (supply.get(name) ?? Math.ceil(firstPerSecond * seconds))
      const requests = Array.from({ length: count }, () => request(turn++))
      const before = peer.cpuMs()
      const load = { port: peer.port, secure, connections: callers, seconds, requests, again }
      const played = await (isOwn ? ownGenerator : generator).play(load)
      const cpuMs = peer.cpuMs() - before
      supply.set(name, Math.ceil(played.perSecond * seconds * reserve * (played.ranOut ? 2 : 1)) + callers)
      // What was sent once more while the generator came to its end is refused.
      if (played.ranOut) continue
      if (played.failures > 0) throw new Error(`${name}: ${played.failures} calls were refused; nothing was measured.`)
      to?.perSecond.push(played.perSecond)
      to?.cpuMicros.push((1000 * cpuMs) / played.answers)
      to?.p50Ms.push(played.p50Ms)
      to?.p99Ms.push(played.p99Ms)
      return played.answers
    }
  }

  for (const name of names) {
    for (let [times, answers] = [0, 0]; times < warmUps && answers < warmAnswers; times++) {
      answers += await playOnce(name, undefined)
    }
  }
  for (let round = 0; round < rounds; round++) {
    const first = round % names.length
    for (const name of [...names.slice(first), ...names.slice(0, first)]) await playOnce(name, shown.get(name))
  }
  return shown
}
