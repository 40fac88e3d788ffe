import { join } from 'node:path'
import { connectedGateways } from '../gateways.ts'
import type { Context, Group } from '../groups.ts'
import { type Arrived, offer } from '../load/open-loop.ts'
import { type Peer, startOpenSag, startSimulation, unpaced } from '../peers.ts'
import { post } from '../sign.ts'
import { openSite, type Site, writeForm } from '../site.ts'
import { median, quantile } from '../statistics.ts'
import { callers } from '../workload.ts'
import type { Measured, Row } from './row.ts'

const goodput: Row = {
  id: 'overload-accepted',
  about: { en: 'three times capacity: accepted calls ÷ capacity', zh: '三倍于容量的负载：受理的调用 ÷ 容量' },
  better: 'more',
  goal: 0.7,
}
const latency: Row = {
  id: 'overload-latency',
  about: {
    en: 'three times capacity: p99 of accepted calls ÷ before',
    zh: '三倍于容量的负载：受理的调用的 p99 ÷ 之前',
  },
  better: 'less',
  goal: 5,
}
const recovery: Row = {
  id: 'overload-recovery',
  about: { en: 'three times capacity: p99 afterwards ÷ before', zh: '三倍于容量的负载：之后的 p99 ÷ 之前' },
  better: 'less',
  goal: 1.5,
}
const online: Row = {
  id: 'overload-gateways',
  about: { en: 'three times capacity: gateways that stay online', zh: '三倍于容量的负载：保持在线的网关' },
  better: 'more',
  goal: 100,
  unit: '%',
}

const gateways = 20
/** Offline after three missed heartbeats: six seconds, less than the overload lasts. */
const heartbeatSeconds = 2
const times = 3
/** Of capacity, before and after. */
const calm = 0.5
const connections = 512
/** Official clients give up after ten seconds. */
const patienceMs = 10_000

export const overloadGroup: Group = {
  name: 'overload',
  rows: [goodput, latency, recovery, online],
  withinMs: ({ long }) => (long ? 20 : 6) * 60_000,
  async measure(chosen, context) {
    const { options, folder } = context
    const data = join(folder, 'overload')
    const flags = [...unpaced, '--heartbeat', String(heartbeatSeconds)]
    const server = await startOpenSag(options.root, data, { flags: [...flags, '--log-level', 'fatal'] })
    let fleet: Peer | undefined
    try {
      fleet = await startSimulation(server.port, data, gateways)
      const site = await openSite(server, data)
      const phases = await overload(site, context)
      return results(phases).filter(({ row }) => chosen.has(row.id))
    } finally {
      await fleet?.stop()
      await server.stop()
    }
  },
}

interface Phases {
  readonly capacity: number
  readonly before: Arrived
  readonly during: Arrived
  readonly after: Arrived
  readonly fewestOnline: number
  readonly seconds: number
}

async function overload(site: Site, { options: { long }, generator, say }: Context): Promise<Phases> {
  const { port } = site.peer
  const host = `127.0.0.1:${port}`
  const [calmSeconds, seconds] = long ? [15, 30] : [5, 10]
  let turn = 0
  const requests = (count: number): readonly Buffer[] =>
    Array.from({ length: Math.ceil(count) }, () => post(host, writeForm(site, turn++)))
  const together = { port, connections: callers, secure: false, again: false, seconds: 2 }
  const rates: number[] = []
  // The first one warms up, and says how many requests the others need.
  for (let supply = 8000; rates.length < 4; ) {
    const { perSecond, ranOut } = await generator.play({ ...together, requests: requests(supply) })
    supply = Math.ceil(perSecond * together.seconds * (ranOut ? 3 : 1.5)) + callers
    if (!ranOut) rates.push(perSecond)
  }
  const capacity = median(rates.slice(1))
  say(`capacity: ${capacity.toFixed(0)}/s with ${callers} callers in ${generator.name}`)

  async function phase(name: string, perSecond: number, forSeconds: number): Promise<Arrived> {
    const arrived = await offer({
      port,
      connections,
      perSecond,
      patienceMs,
      requests: requests(perSecond * forSeconds),
    })
    say(`${name}: ${described(arrived)}`)
    return arrived
  }
  const before = await phase('before', calm * capacity, calmSeconds)
  let fewestOnline = gateways
  const look = setInterval(async () => {
    fewestOnline = Math.min(fewestOnline, (await connectedGateways(site.data).catch(() => undefined)) ?? fewestOnline)
  }, 500)
  const during = await phase('during', times * capacity, seconds)
  clearInterval(look)
  const after = await phase('after', calm * capacity, calmSeconds)
  return { capacity, before, during, after, fewestOnline, seconds }
}

function described({ offered, accepted, rejected, givenUp }: Arrived): string {
  const percentiles = (values: readonly number[]): string =>
    values.length === 0
      ? 'none'
      : `${values.length}, ${[0.5, 0.9, 0.99, 1].map((share) => quantile(values, share).toFixed(0)).join(' / ')} ms`
  return `offered ${offered.toFixed(0)}/s; accepted ${percentiles(accepted)}; rejected ${percentiles(rejected)}; without answer ${givenUp} (p50 / p90 / p99 / most)`
}

function results({ capacity, before, during, after, fewestOnline, seconds }: Phases): readonly Measured[] {
  const p99 = ({ accepted }: Arrived): number => (accepted.length === 0 ? patienceMs : quantile(accepted, 0.99))
  const from = `capacity ${capacity.toFixed(0)}/s, offered ${during.offered.toFixed(0)}/s; p99 before ${p99(before).toFixed(0)} ms, during ${p99(during).toFixed(0)} ms, after ${p99(after).toFixed(0)} ms; without answer ${during.givenUp}`
  const one = (row: Row, value: number): Measured => ({ row, value, noise: value / 5, from })
  return [
    one(goodput, during.accepted.length / seconds / capacity),
    one(latency, p99(during) / p99(before)),
    one(recovery, p99(after) / p99(before)),
    { ...one(online, (100 * fewestOnline) / gateways), noise: 0 },
  ]
}
