import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Context, Group } from '../groups.ts'
import { generatorFor } from '../load/generator.ts'
import { type Peer, startOpenSag, unpaced } from '../peers.ts'
import { type Postgres, startPostgres } from '../postgres.ts'
import { post } from '../sign.ts'
import { openSite, type Site, writeForm } from '../site.ts'
import { figureOf, median, ratios } from '../statistics.ts'
import { callers } from '../workload.ts'
import { hot, latency, node, rate, server, two } from './postgres-rows.ts'

/** Sites that are called at the same time, the callers shared out among them. */
interface Setting {
  readonly name: string
  readonly sites: readonly Site[]
  readonly database: Postgres | undefined
  /** So many rows are written. */
  readonly writes: number
  readonly shown: Shown
}

interface Shown {
  readonly perSecond: number[]
  readonly nodeMicros: number[]
  readonly serverMicros: number[]
  readonly p99Ms: number[]
}

export const postgresGroup: Group = {
  name: 'postgres',
  rows: [rate, two, latency, hot, node, server],
  withinMs: ({ rounds, seconds }) => 300_000 + (rounds + 3) * 4 * (seconds * 1000 + 6000),
  async measure(chosen, context) {
    const stops: (() => Promise<void>)[] = []
    try {
      const settings = await openSettings(context, stops)
      const rounds = 3 + context.options.rounds
      for (let round = 0; round < rounds; round++) {
        const first = round % settings.length
        const inTurn = [...settings.slice(first), ...settings.slice(0, first)]
        // The first rounds compile, and prepare statements.
        for (const setting of inTurn) await playOnce(setting, context, round, round >= 3)
      }
      return measured(settings, context).filter(({ row }) => chosen.has(row.id))
    } finally {
      for (const stop of stops.reverse()) await stop()
    }
  },
}

async function openSettings({ options, folder }: Context, stops: (() => Promise<void>)[]): Promise<readonly Setting[]> {
  async function started(starting: Promise<Peer>): Promise<Peer> {
    const peer = await starting
    stops.push(() => peer.stop())
    return peer
  }
  const sqliteData = join(folder, 'sqlite')
  const sqlite = await openSite(await started(startOpenSag(options.root, sqliteData, { flags: unpaced })), sqliteData)
  const database = await startPostgres()
  stops.push(() => database.stop())
  const flags = [...unpaced, '--database', database.url]
  const [firstData, secondData] = [join(folder, 'node-1'), join(folder, 'node-2')]
  const first = await openSite(await started(startOpenSag(options.root, firstData, { flags })), firstData)
  // All nodes have one master key.
  mkdirSync(secondData, { mode: 0o700 })
  cpSync(join(firstData, 'master.key'), join(secondData, 'master.key'))
  const second = { ...first, peer: await started(startOpenSag(options.root, secondData, { flags })), data: secondData }
  const empty = (): Shown => ({ perSecond: [], nodeMicros: [], serverMicros: [], p99Ms: [] })
  return [
    { name: 'SQLite', sites: [sqlite], database: undefined, writes: callers, shown: empty() },
    { name: 'PostgreSQL, one process', sites: [first], database, writes: callers, shown: empty() },
    { name: 'PostgreSQL, two processes', sites: [first, second], database, writes: callers, shown: empty() },
    { name: 'PostgreSQL, two processes on ten rows', sites: [first, second], database, writes: 10, shown: empty() },
  ]
}

let turn = 0

async function playOnce(
  { name, sites, database, writes, shown }: Setting,
  { options: { seconds, generator }, folder }: Context,
  round: number,
  counts: boolean,
): Promise<void> {
  const nodeMs = (): number => sites.reduce((sum, { peer }) => sum + peer.cpuMs(), 0)
  const count = Math.ceil((20_000 * seconds) / sites.length)
  const loads = sites.map((site, index) => {
    const own = join(folder, `load-${index}`)
    mkdirSync(own, { recursive: true })
    const host = `127.0.0.1:${site.peer.port}`
    const requests = Array.from({ length: count }, () => post(host, writeForm(site, turn++, writes)))
    const load = {
      port: site.peer.port,
      secure: false,
      connections: callers / sites.length,
      seconds,
      requests,
      again: false,
    }
    return { generator: generatorFor(generator, own), load }
  })
  const before = { node: nodeMs(), server: database?.cpuMs() ?? 0 }
  const played = await Promise.all(loads.map(({ generator: own, load }) => own.play(load)))
  if (played.some(({ ranOut }) => ranOut)) throw new Error(`${name}, round ${round}: there were too few requests.`)
  const failures = played.reduce((sum, one) => sum + one.failures, 0)
  if (failures > 0) throw new Error(`${name}: ${failures} calls were refused; nothing was measured.`)
  if (!counts) return
  const answers = played.reduce((sum, one) => sum + one.answers, 0)
  shown.perSecond.push(played.reduce((sum, { perSecond }) => sum + perSecond, 0))
  shown.nodeMicros.push((1000 * (nodeMs() - before.node)) / answers)
  shown.serverMicros.push((1000 * ((database?.cpuMs() ?? 0) - before.server)) / answers)
  shown.p99Ms.push(Math.max(...played.map(({ p99Ms }) => p99Ms)))
}

function measured(settings: readonly Setting[], { say }: Context) {
  const [sqlite, one, both, onTen] = settings.map(({ shown }) => shown) as [Shown, Shown, Shown, Shown]
  const texts = settings.map(({ name, shown }) => {
    const [perSecond, own, theirs, p99] = [shown.perSecond, shown.nodeMicros, shown.serverMicros, shown.p99Ms].map(
      median,
    )
    const cpu = `${own?.toFixed(0)} + ${theirs?.toFixed(0)} µs`
    return `${name}: ${perSecond?.toFixed(0)}/s, ${cpu}, p99 ${p99?.toFixed(0)} ms`
  })
  for (const text of texts) say(text)
  const from = texts.join('; ')
  return [
    { row: rate, ...figureOf(ratios(one.perSecond, sqlite.perSecond)), from },
    { row: two, ...figureOf(ratios(both.perSecond, one.perSecond)), from },
    { row: latency, ...figureOf(one.p99Ms), from },
    { row: hot, ...figureOf(onTen.p99Ms), from },
    { row: node, ...figureOf(one.nodeMicros), from },
    { row: server, ...figureOf(one.serverMicros), from },
  ]
}
