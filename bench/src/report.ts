import type { Machine, Strain } from './machine.ts'
import { type Measured, meetsGoal, type Row, type Text } from './rows/row.ts'

export type Language = keyof Text

/** Everything one run has to say. */
export interface Report {
  readonly machine: Machine
  readonly strain: Strain
  readonly generator: string
  readonly rounds: number
  readonly measured: readonly Measured[]
}

const words = {
  en: { work: 'work', figure: 'measured', goal: 'goal', met: 'met', open: ' (', close: ')' },
  zh: { work: '内容', figure: '实测', goal: '目标', met: '达成', open: '（', close: '）' },
} as const

/** The figures as Markdown. */
export function table(measured: readonly Measured[], language: Language): string {
  const { work, figure, goal, met, open, close } = words[language]
  const rows = measured.map((one) => {
    const { row, noise, scale } = one
    const about = scale === undefined ? row.about[language] : `${row.about[language]}${open}${scale[language]}${close}`
    const unit = row.unit === undefined ? '' : ` ${row.unit}`
    const shown = `${digits(one.value)} ± ${digits(noise)}${unit}`
    return `| ${about} | ${shown} | ${limit(row)}${unit} | ${meetsGoal(one) ? '✓' : ''} |`
  })
  return [`| ${work} | ${figure} | ${goal} | ${met} |`, '| --- | --- | --- | --- |', ...rows].join('\n')
}

function limit({ better, goal }: Row): string {
  return `${better === 'more' ? '≥' : '≤'} ${goal}`
}

/** Three digits that count, and none behind the point where they count for nothing. */
export function digits(value: number): string {
  const size = Math.abs(value)
  if (size >= 100) return value.toFixed(0)
  return size >= 10 ? value.toFixed(1) : value.toFixed(2)
}

/** What the figures were measured on. */
export function circumstances({ machine, strain, generator, rounds }: Report, language: Language): string {
  const { processor, cores, memoryGiB, node, fsyncMs } = machine
  const [p50, p99] = [digits(fsyncMs.p50), digits(fsyncMs.p99)]
  const [busy, stolen] = [strain.busy, strain.stolen].map((share) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`)
  const load = digits(strain.load)
  if (language === 'zh') {
    return `${cores} 个核心（${processor}），${memoryGiB} GiB，Node ${node}；负载发生器 ${generator}，与服务同机；${rounds} 轮交替运行的中位数；fdatasync p50 ${p50} ms、p99 ${p99} ms；机器负载每核心 ${load}，处理器占用 ${busy}，被窃取 ${stolen}。`
  }
  return `${cores} cores (${processor}), ${memoryGiB} GiB, Node ${node}; load from ${generator} on the same cores; medians of ${rounds} interleaved rounds; fdatasync p50 ${p50} ms, p99 ${p99} ms; load ${load} per core, processors busy ${busy}, stolen ${stolen}.`
}
