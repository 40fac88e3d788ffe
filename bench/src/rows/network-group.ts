import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Group } from '../groups.ts'
import { home } from '../peers.ts'
import { figureOf, median, ratios } from '../statistics.ts'
import type { Measured, Row, Text } from './row.ts'

const throughput: Row = {
  id: 'network-throughput',
  about: { en: 'throughput through the tunnel, of strongSwan alone', zh: '隧道吞吐量，相对于单独的 strongSwan' },
  better: 'more',
  goal: 0.95,
}
const change: Row = {
  id: 'network-change',
  about: { en: 'a call changes a CIDR block: until the first ping', zh: '调用修改网段：到第一次 ping 通' },
  better: 'less',
  goal: 1000,
  unit: 'ms',
}
const fleet: Row = {
  id: 'network-fleet',
  about: { en: '50 gateways: from no program to all reached', zh: '50 台网关：从无程序运行到全部可达' },
  better: 'less',
  goal: 60,
  unit: 's',
}
const memory: Row = {
  id: 'network-memory',
  about: { en: 'memory of a gateway, all programs', zh: '每台网关的内存，含全部程序' },
  better: 'less',
  goal: 40,
  unit: 'MiB',
}
const cpu: Row = {
  id: 'network-cpu',
  about: { en: 'processor of a gateway at rest', zh: '网关空闲时的处理器占用' },
  better: 'less',
  goal: 10,
  unit: 'ms/s',
}
const usual = 50

/** What `scripts/network-figures.js` answers: {@link import('../../../test/network/figures/measure.ts')}. */
interface Answer {
  readonly fleetMs: number
  readonly changeMs: readonly number[]
  readonly through: readonly number[]
  readonly bare: readonly number[]
  readonly mebibytes: readonly number[]
  readonly byProgram: Readonly<Record<string, number>>
  readonly bareMebibytes: number
  readonly cpuShare: number
  readonly bareCpuShare: number
}

/** Real gateways in namespaces of this machine, so it needs Linux, root and the packages of the tests of the network. */
export const networkGroup: Group = {
  name: 'network',
  rows: [throughput, change, fleet, memory, cpu],
  withinMs: ({ rounds, seconds }) => 30 * 60_000 + rounds * 2 * (seconds * 1000 + 3000),
  async measure(chosen, { options: { rounds, seconds, gateways = usual }, say }) {
    const size = { gateways, changes: rounds, rounds, seconds: Math.max(3, seconds), restSeconds: 20 }
    const script = [join(home, 'scripts/network-figures.js'), JSON.stringify(size)]
    const { stdout, stderr } = await promisify(execFile)(process.execPath, script, { maxBuffer: 2 ** 24 })
    for (const line of stderr.split('\n')) if (line !== '') say(line)
    return results(JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Answer, gateways).filter(({ row }) =>
      chosen.has(row.id),
    )
  },
}

function results(answer: Answer, gateways: number): readonly Measured[] {
  const { fleetMs, changeMs, through, bare, mebibytes, byProgram, bareMebibytes, cpuShare, bareCpuShare } = answer
  const scale: Text | undefined =
    gateways === usual ? undefined : { en: `measured with ${gateways}`, zh: `以 ${gateways} 台实测` }
  const rates = `${median(through).toFixed(0)} and ${median(bare).toFixed(0)} Mbit/s, ${through.length} rounds in turn`
  const programs = Object.entries(byProgram).map(([name, amount]) => `${name} ${amount.toFixed(1)}`)
  return [
    { row: throughput, ...figureOf(ratios(through, bare)), from: rates },
    {
      row: change,
      ...figureOf(changeMs),
      from: `${changeMs.length} changes, ${Math.max(...changeMs).toFixed(0)} ms at most`,
    },
    { row: fleet, value: fleetMs / 1000, noise: fleetMs / 5000, from: 'once', ...(scale && { scale }) },
    {
      row: memory,
      ...figureOf(mebibytes),
      from: `${programs.join(', ')}; strongSwan alone ${bareMebibytes.toFixed(1)}`,
      ...(scale && { scale }),
    },
    {
      row: cpu,
      value: cpuShare * 1000,
      noise: cpuShare * 200,
      from: `strongSwan alone ${(bareCpuShare * 1000).toFixed(1)}`,
      ...(scale && { scale }),
    },
  ]
}
