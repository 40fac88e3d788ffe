import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chart } from './chart.ts'
import { addToHistory, readHistory, regressions, remembered } from './history.ts'
import type { BenchOptions } from './options.ts'
import { home } from './peers.ts'
import { betweenMarkers } from './readme.ts'
import { circumstances, digits, type Language, type Report, table } from './report.ts'

const pages: readonly { readonly language: Language; readonly readme: string; readonly picture: string }[] = [
  { language: 'en', readme: 'README.md', picture: 'docs/images/bench.svg' },
  { language: 'zh', readme: 'README.zh-CN.md', picture: 'docs/images/bench.zh-CN.svg' },
]

/** What wants to run per core: the generator and the servers alone make less. */
const quiet = 1.5

/** Prints the figures, and keeps and compares them as asked. @returns false when one became worse */
export function conclude(report: Report, { write, compare, only, root }: BenchOptions): boolean {
  console.log()
  for (const { row, value, from } of report.measured) console.log(`${row.id}: ${digits(value)}  (${from})`)
  console.log(`\n${table(report.measured, 'en')}\n\n${circumstances(report, 'en')}`)

  if (report.strain.load > quiet) {
    const times = digits(report.strain.load)
    console.log(
      `\nOther work wanted these cores too (load ${times} per core): believe CPU times more than rates, and nothing of one run.`,
    )
  }

  const major = report.machine.node.split('.', 1)[0]
  const file = join(home, `bench/history/node${major}.jsonl`)
  const worse = compare ? regressions(report, readHistory(file)) : []
  for (const { row, before, now, noise } of worse) {
    console.log(`\nWorse: ${row.about.en}: ${digits(before)} → ${digits(now)}, where chance explains ${digits(noise)}.`)
  }
  if (write) {
    addToHistory(file, remembered(report, { at: new Date(), commit: commitOf(root) }))
    // A part of the table would take the place of the whole.
    if (only.size === 0) for (const page of pages) publish(report, page)
  }
  return worse.length === 0
}

function publish(report: Report, { language, readme, picture }: (typeof pages)[number]): void {
  writeFileSync(join(home, picture), chart(report.measured, language))
  const image = language === 'en' ? `![Figures and goals](${picture})` : `![指标与目标](${picture})`
  const content = [table(report.measured, language), image, circumstances(report, language)].join('\n\n')
  const file = join(home, readme)
  writeFileSync(file, betweenMarkers(readFileSync(file, 'utf8'), content))
}

function commitOf(root: string): string {
  const git = (...args: string[]): string => spawnSync('git', ['-C', root, ...args], { encoding: 'utf8' }).stdout ?? ''
  const isChanged = git('status', '--porcelain', '--untracked-files=no').trim() !== ''
  return git('rev-parse', '--short', 'HEAD').trim() + (isChanged ? '+' : '')
}
