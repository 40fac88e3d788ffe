import { addNonces } from '../fill.ts'
import type { Group } from '../groups.ts'
import { measureStarts, openSagStarter, type Started } from '../starts.ts'
import { figureOf, median, ratios } from '../statistics.ts'
import type { Row } from './row.ts'

const count = 1_000_000
/** Not in a run yet: on average half as many as make one. */
const loose = 4096

const start: Row = {
  id: 'nonces-start',
  about: { en: 'start with a million nonces in the window ÷ with none', zh: '窗口内有一百万个随机数时的启动 ÷ 没有时' },
  better: 'less',
  goal: 1.3,
}
const memory: Row = {
  id: 'nonces-memory',
  about: { en: 'memory of each of a million nonces', zh: '一百万个随机数，每个的内存' },
  better: 'less',
  goal: 40,
  unit: 'bytes',
}

export const nonceGroup: Group = {
  name: 'nonces',
  rows: [start, memory],
  withinMs: ({ rounds }) => 120_000 + rounds * 40_000,
  async measure(chosen, { options: { rounds, root }, folder }) {
    const starters = [openSagStarter('empty', root, folder), openSagStarter('nonces', root, folder)]
    for (const { start } of starters) await (await start()).stop()
    const [, starter] = starters
    if (starter?.data === undefined) throw new Error('There is no data folder.')
    // As a running server leaves them: those of a while ago in runs, which this start makes, and those of the last calls not.
    addNonces(starter.data, count - loose)
    await (await starter.start()).stop()
    addNonces(starter.data, loose)
    const all = await measureStarts(starters, Math.min(rounds, 5))
    const [empty, full] = [...all.values()] as [Started, Started]
    const bytes = full.mebibytes.map((value, round) => ((value - (empty.mebibytes[round] ?? 0)) * 2 ** 20) / count)
    const shown = (one: Started): string => `${median(one.ms).toFixed(0)} ms, ${median(one.mebibytes).toFixed(0)} MiB`
    const from = `a million: ${shown(full)}; none: ${shown(empty)}`
    return [
      { row: start, ...figureOf(ratios(full.ms, empty.ms)), from },
      { row: memory, ...figureOf(bytes), from },
    ].filter(({ row }) => chosen.has(row.id))
  },
}
