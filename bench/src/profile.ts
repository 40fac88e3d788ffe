import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { accountOf } from './contenders.ts'
import type { BenchOptions } from './options.ts'
import { home, startOpenSag } from './peers.ts'
import { type CpuProfile, type FunctionTime, type Span, selfTimes } from './self-times.ts'
import { callers, kinds, playRound, purchaseInstances, roundOf } from './workload.ts'

const warmUps = 3
const shownFunctions = 30

/** Runs each kind of call under the profiler of Node and prints where the server's time goes. */
export async function profileCalls(folder: string, { rounds, requests }: BenchOptions): Promise<void> {
  for (const [name, kind] of Object.entries(kinds)) {
    const data = join(folder, name.replaceAll(' ', '-'))
    const profiles = join(data, 'profiles')
    const peer = await startOpenSag(home, data, { nodeFlags: ['--cpu-prof', '--cpu-prof-dir', profiles] })
    const spans: Span[] = []
    try {
      const key = accountOf(data)
      const instances = await purchaseInstances(peer, data, key)
      for (let round = -warmUps; round < rounds; round++) {
        const calls = roundOf(kind, peer, key, instances, requests)
        const from = microseconds()
        await playRound(name, peer, calls)
        if (round >= 0) spans.push({ from, to: microseconds() })
      }
    } finally {
      await peer.stop()
    }
    const [file] = readdirSync(profiles)
    if (file === undefined) throw new Error('Node wrote no profile.')
    const profile = JSON.parse(readFileSync(join(profiles, file), 'utf8')) as CpuProfile
    print(name, selfTimes(profile, spans), rounds * requests * callers)
  }
}

function print(name: string, times: readonly FunctionTime[], calls: number): void {
  const busy = times.filter(({ part }) => part !== 'idle')
  const total = busy.reduce((sum, { time }) => sum + time, 0)
  function line(time: number, text: string): void {
    const share = ((100 * time) / total).toFixed(1).padStart(5)
    console.log(`  ${share} %  ${(time / calls).toFixed(1).padStart(6)} µs  ${text}`)
  }
  const idle = times.reduce((sum, { time }) => sum + time, 0) - total
  const waiting = `${(idle / calls).toFixed(0)} µs it waited for callers`
  console.log(`\n${name}: ${(total / calls).toFixed(0)} µs of the server's main thread for one call; ${waiting}`)
  const byPart = new Map<string, number>()
  for (const { part, time } of busy) byPart.set(part, time + (byPart.get(part) ?? 0))
  for (const [part, time] of [...byPart].sort(([, a], [, b]) => b - a)) line(time, part)
  console.log('\n  the functions that take most of it')
  for (const { part, name, where, time } of busy.slice(0, shownFunctions)) {
    line(time, `${part.padEnd(18)} ${name} (${where})`)
  }
}

/** On the clock that V8 stamps profiles with. */
function microseconds(): number {
  return Number(process.hrtime.bigint() / 1000n)
}
