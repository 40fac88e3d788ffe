import { accountOf, bareName, type Contender } from './contenders.ts'
import type { BenchOptions } from './options.ts'
import { type Peer, startHandWritten } from './peers.ts'
import { type BenchUser, createBenchUser, seedHandWritten } from './seed.ts'
import { note, type Series, show } from './series.ts'
import { callers, type Kind, kinds, playRound, purchaseInstances, roundOf } from './workload.ts'

/** Rounds that are played and not counted, until the compiler of every process knows what is hot. */
const warmUps = 5
const handWrittenName = 'hand-written'

interface Ready {
  readonly name: string
  readonly peer: Peer
  round(kind: Kind): readonly (readonly Buffer[])[]
}

/** Calls under load, every contender in every round. */
export async function measureCalls(
  contenders: readonly Contender[],
  folder: string,
  { rounds, requests }: BenchOptions,
): Promise<void> {
  const ready: Ready[] = []
  try {
    for (const contender of contenders) await prepare(contender, folder, requests, ready)
    for (const [name, kind] of Object.entries(kinds)) {
      const perSecond: Series = new Map()
      const cpuMs = new Map<string, number>()
      const calls = new Map<string, number>()
      for (let round = -warmUps; round < rounds; round++) {
        for (const one of ready) {
          const played = one.round(kind)
          const before = one.peer.cpuMs()
          const measured = await playRound(name, one.peer, played)
          if (round < 0) continue
          note(perSecond, one.name, measured)
          add(cpuMs, one.name, one.peer.cpuMs() - before)
          add(calls, one.name, sum(played.map(({ length }) => length)))
        }
      }
      show(name, '/s', perSecond, [bareName, handWrittenName])
      const cpu: Series = new Map()
      for (const { name } of ready) note(cpu, name, (1000 * (cpuMs.get(name) ?? 0)) / (calls.get(name) ?? 0))
      show(`${name}, its CPU`, 'µs', cpu, [bareName, handWrittenName])
    }
    const mebibytes: Series = new Map(ready.map(({ name, peer }) => [name, [peer.residentMiB()]]))
    show('memory after load', 'MiB', mebibytes, [bareName, handWrittenName])
  } finally {
    await Promise.all(ready.map(({ peer }) => peer.stop()))
  }
}

function add(sums: Map<string, number>, name: string, value: number): void {
  sums.set(name, value + (sums.get(name) ?? 0))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** Nobody checks these: for a server that answers everything alike. */
const anyKey = { accessKeyId: 'LTAI0000000000000000', accessKeySecret: 'any' }
const anyInstance = 'sag-000000000000000000'
/** The bare server is so much faster that a round would be over before it can be measured. */
const bareFactor = 3

async function prepare(
  { name, data, start }: Contender,
  folder: string,
  requests: number,
  ready: Ready[],
): Promise<void> {
  const peer = await start()
  if (data === undefined) {
    const instances = Array.from({ length: callers }, () => anyInstance)
    const round = (kind: Kind): readonly (readonly Buffer[])[] =>
      roundOf(kind, peer, anyKey, instances, requests).map((calls) => Array(bareFactor).fill(calls).flat())
    ready.push({ name, peer, round })
    return
  }
  const account = accountOf(data)
  const instances = await purchaseInstances(peer, data, account)
  const user = await createBenchUser(peer, account)
  if (!ready.some((one) => one.name === handWrittenName)) {
    const own = await startHandWritten(seedHandWritten(data, folder, user))
    ready.push({ name: handWrittenName, peer: own, round: signedRounds(own, user) })
  }
  ready.push({ name, peer, round: signedRounds(peer, user) })

  function signedRounds(peer: Peer, user: BenchUser): Ready['round'] {
    return (kind) => roundOf(kind, peer, user, instances, requests)
  }
}
