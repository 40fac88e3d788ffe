import { setTimeout as pause } from 'node:timers/promises'
import { type Arrived, offer, type Place } from '../load/open-loop.ts'
import { type Key, post, signedForm } from '../sign.ts'
import { quantile } from '../statistics.ts'
import type { Sampled } from './world.ts'

/** Calls of some time, of the same kind. */
export interface Window {
  readonly calls: number
  /** Answered, but not with success. */
  readonly refused: number
  /** How many of these with each HTTP status. */
  readonly statuses: Readonly<Record<string, number>>
  /** Without an answer in time. */
  readonly unanswered: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly mostMs: number
}

export interface Windows {
  readonly reads: Window
  readonly writes: Window
}

export interface SteadyCalls {
  /** Resolves when the first call that counts here is due. */
  enter(phase: string): Promise<void>
  /** What has been called in that phase, when all of it is answered. */
  told(phase: string): Promise<Windows>
  /** Ends the calls, when those that were made are answered. */
  end(): Promise<ReadonlyMap<string, Windows>>
}

const sliceMs = 1000
const patienceMs = 30_000
const connections = 16

/** Who calls where about what. */
export interface Calling {
  readonly edge: Place
  readonly user: Key
  readonly samples: readonly Sampled[]
}

/** Reads and writes through the load balancer, so many of each a second, whether or not the earlier ones are answered. */
export function startSteadyCalls({ edge, user, samples }: Calling, perSecond: number): SteadyCalls {
  const host = `${edge.host ?? '127.0.0.1'}:${edge.port}`
  const slices: { readonly phase: string; readonly reads: Promise<Arrived>; readonly writes: Promise<Arrived> }[] = []
  let [phase, isOver, turn] = ['', false, 0]
  let begun = (): void => {}

  function offered(action: string, paramsOf: (sample: Sampled) => Readonly<Record<string, string>>) {
    const requests = Array.from({ length: perSecond }, () => {
      const sample = samples[turn++ % samples.length]
      if (sample === undefined) throw new Error('There is nobody to ask about.')
      return post(host, signedForm(user, action, paramsOf(sample)))
    })
    return offer({ ...edge, connections, perSecond: (1000 * perSecond) / sliceMs, requests, patienceMs })
  }

  async function run(): Promise<void> {
    for (let due = performance.now(); !isOver; due += sliceMs) {
      await pause(Math.max(0, due - performance.now()))
      const reads = offered('DescribeSAGDeviceInfo', ({ serial, instance }) => ({
        SmartAGId: instance,
        SmartAGSn: serial,
      }))
      const writes = offered('ModifySmartAccessGateway', ({ instance }) => ({ SmartAGId: instance, Name: `n-${turn}` }))
      slices.push({ phase, reads, writes })
      begun()
    }
  }
  const running = run()

  async function told(name: string): Promise<Windows> {
    const own = slices.filter((slice) => slice.phase === name)
    const reads = windowOf(await Promise.all(own.map((slice) => slice.reads)))
    const writes = windowOf(await Promise.all(own.map((slice) => slice.writes)))
    return { reads, writes }
  }

  return {
    told,
    enter(next) {
      phase = next
      return new Promise((resolve) => {
        begun = resolve
      })
    },
    async end() {
      isOver = true
      await running
      const phases = [...new Set(slices.map((slice) => slice.phase))]
      return new Map(await Promise.all(phases.map(async (name) => [name, await told(name)] as const)))
    },
  }
}

function windowOf(arrived: readonly Arrived[]): Window {
  const took = arrived.flatMap(({ accepted }) => accepted)
  const refused = arrived.reduce((sum, { rejected }) => sum + rejected.length, 0)
  const statuses: Record<string, number> = {}
  for (const [status, count] of arrived.flatMap((one) => [...one.statuses])) {
    statuses[status] = (statuses[status] ?? 0) + count
  }
  const unanswered = arrived.reduce((sum, { givenUp }) => sum + givenUp, 0)
  return {
    calls: took.length + refused + unanswered,
    refused,
    statuses,
    unanswered,
    p50Ms: quantile(took, 0.5),
    p99Ms: quantile(took, 0.99),
    mostMs: quantile(took, 1),
  }
}
