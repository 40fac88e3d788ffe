import type { Group } from '../groups.ts'
import { bareStarter, measureStarts, openSagStarter, type Started } from '../starts.ts'
import { figureOf, median, ratios } from '../statistics.ts'
import type { Row } from './row.ts'

const isNew = Number(process.versions.node.split('.')[0]) >= 24

const start: Row = {
  id: 'start',
  about: { en: 'start to the first signed answer ÷ bare', zh: '启动到首个已签名请求的应答 ÷ 裸服务' },
  better: 'less',
  goal: isNew ? 3 : 4,
}
const memory: Row = {
  id: 'idle-memory',
  about: { en: 'idle memory ÷ bare', zh: '空闲内存 ÷ 裸服务' },
  better: 'less',
  goal: 2.2,
}

export const startGroup: Group = {
  name: 'starts',
  rows: [start, memory],
  withinMs: ({ rounds }) => 60_000 + rounds * 30_000,
  async measure(chosen, { options: { rounds, root }, folder }) {
    const all = await measureStarts([bareStarter, openSagStarter('started', root, folder)], rounds)
    const [bare, own] = [...all.values()] as [Started, Started]
    const shown = (values: (one: Started) => readonly number[], unit: string): string =>
      `OpenSAG ${median(values(own)).toFixed(0)} ${unit}; bare ${median(values(bare)).toFixed(0)} ${unit}`
    return [
      { row: start, ...figureOf(ratios(own.ms, bare.ms)), from: shown(({ ms }) => ms, 'ms') },
      {
        row: memory,
        ...figureOf(ratios(own.mebibytes, bare.mebibytes)),
        from: shown(({ mebibytes }) => mebibytes, 'MiB'),
      },
    ].filter(({ row }) => chosen.has(row.id))
  },
}
