import { join } from 'node:path'
import type { Group } from '../groups.ts'
import { type Death, killOne } from '../nodes/death.ts'
import type { Coming } from '../nodes/fleet.ts'
import type { Window } from '../nodes/steady-calls.ts'
import { startWorld } from '../nodes/world.ts'
import type { Measured, Row, Text } from './row.ts'

const back: Row = {
  id: 'node-death-back',
  about: { en: 'three nodes, one killed: all gateways back', zh: '三个节点，杀死其中一个：全部网关恢复连接' },
  better: 'less',
  goal: 60,
  unit: 's',
}
const ready: Row = {
  id: 'node-death-ready',
  about: { en: 'meanwhile: share of the time the others were ready', zh: '期间：其余节点处于就绪状态的时间比例' },
  better: 'more',
  goal: 1,
}
const answered: Row = {
  id: 'node-death-answered',
  about: { en: 'meanwhile: share of calls that succeeded', zh: '期间：成功的调用比例' },
  better: 'more',
  goal: 0.99,
}
const slower: Row = {
  id: 'node-death-write',
  about: { en: 'meanwhile: p99 of a write', zh: '期间：写入的 p99' },
  better: 'less',
  goal: 2000,
  unit: 'ms',
}
const [few, all] = [600, 20_000]

export const nodesGroup: Group = {
  name: 'nodes',
  rows: [back, ready, answered, slower],
  withinMs: ({ long, gateways }) => (long || gateways !== undefined ? 60 : 10) * 60_000,
  async measure(chosen, { options: { root, long, gateways = long ? all : few }, folder, say }) {
    const world = await startWorld({ root, folder: join(folder, 'nodes'), gateways, say })
    try {
      say(`${gateways} gateways came on line: ${shownComing(world.coming)}`)
      const death = await killOne(world, { perSecond: 25, calmMs: 10_000, withinMs: 10 * 60_000 })
      for (const text of textsOf(death)) say(text)
      return results(death, gateways).filter(({ row }) => chosen.has(row.id))
    } finally {
      await world.close()
    }
  },
}

function shownComing({ tookMs, nodesMs, databaseMs }: Coming): string {
  const cpu = `${nodesMs.toFixed(2)} ms of processor time of the nodes and ${databaseMs.toFixed(2)} ms of PostgreSQL for each`
  return `after ${(tookMs / 1000).toFixed(1)} s, ${cpu}`
}

function textsOf({ lost, backMs, survivors, held, twice, calls, reached }: Death): readonly string[] {
  const withStatus = (statuses: Window['statuses']): string =>
    Object.entries(statuses)
      .map(([status, count]) => ` (${count} with ${status})`)
      .join('')
  const shown = ({ calls: count, refused, statuses, unanswered, p50Ms, p99Ms, mostMs }: Window): string =>
    `${count}, ${refused} refused${withStatus(statuses)}, ${unanswered} unanswered, p50 ${p50Ms.toFixed(0)}, p99 ${p99Ms.toFixed(0)}, most ${mostMs.toFixed(0)} ms`
  return [
    `${lost} gateways lost their node; all back after ${(backMs / 1000).toFixed(1)} s; ${twice.length} owned twice`,
    ...survivors.map(({ loopMs, residentMiB, cpuShare, ready: count, looks }, index) => {
      const { said, recorded } = held[index] ?? {}
      const used = `${(100 * cpuShare).toFixed(0)} % CPU, loop held ${loopMs.toFixed(0)} ms, ${residentMiB.toFixed(0)} MiB at most`
      return `node ${index + 1}: ${used}, ready ${count} of ${looks}, has ${said} gateways, recorded ${recorded}`
    }),
    ...[...calls].flatMap(([phase, { reads, writes }]) => [
      `reads ${phase}: ${shown(reads)}`,
      `writes ${phase}: ${shown(writes)}`,
    ]),
    `passwords changed afterwards: ${reached.asked - reached.failed.length} of ${reached.asked}, ${reached.ofTheLost} of them of lost gateways`,
    ...reached.failed,
  ]
}

function results(death: Death, gateways: number): readonly Measured[] {
  const { lost, backMs, survivors, calls } = death
  const during = calls.get('during')
  if (during === undefined) throw new Error('No call was made while the gateways came back.')
  const { reads, writes } = during
  const looks = survivors.reduce((sum, one) => sum + one.looks, 0)
  const wasReady = survivors.reduce((sum, one) => sum + one.ready, 0)
  const made = reads.calls + writes.calls
  const failed = [reads, writes].reduce((sum, { refused, unanswered }) => sum + refused + unanswered, 0)
  const from = `${gateways} gateways, ${lost} of them at the killed node`
  const scale: Text = { en: `measured with ${gateways}`, zh: `以 ${gateways} 台实测` }
  return [
    { row: back, value: backMs / 1000, noise: backMs / 5000, from, scale },
    { row: ready, value: wasReady / looks, noise: 0, from: `${looks} looks`, scale },
    { row: answered, value: (made - failed) / made, noise: 0, from: `${failed} of ${made} failed`, scale },
    { row: slower, value: writes.p99Ms, noise: writes.p99Ms / 5, from: `${writes.calls} writes`, scale },
  ]
}
