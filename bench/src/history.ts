import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Report } from './report.ts'
import type { Row } from './rows/row.ts'

/** What is remembered of a run: one line of a file. */
export interface Remembered {
  readonly at: string
  readonly commit: string
  readonly node: string
  readonly generator: string
  readonly processor: string
  readonly load: number
  readonly stolen: number
  readonly fsyncMs: number
  readonly figures: Readonly<Record<string, RememberedFigure>>
}

interface RememberedFigure {
  readonly value: number
  readonly noise: number
  /** Where less than the row says was measured. */
  readonly scale?: string
}

export function remembered(report: Report, { at, commit }: { readonly at: Date; readonly commit: string }): Remembered {
  const { machine, strain, generator, measured } = report
  const figures = measured.map(({ row, value, noise, scale }) => {
    const figure = { value: short(value), noise: short(noise) }
    return [row.id, scale === undefined ? figure : { ...figure, scale: scale.en }] as const
  })
  return {
    at: at.toISOString(),
    commit,
    node: machine.node,
    generator,
    processor: machine.processor,
    load: short(strain.load),
    stolen: short(strain.stolen),
    fsyncMs: short(machine.fsyncMs.p50),
    figures: Object.fromEntries(figures),
  }
}

function short(value: number): number {
  return Number(value.toPrecision(4))
}

export function readHistory(file: string): readonly Remembered[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Remembered)
}

export function addToHistory(file: string, run: Remembered): void {
  mkdirSync(dirname(file), { recursive: true })
  appendFileSync(file, `${JSON.stringify(run)}\n`)
}

export interface Regression {
  readonly row: Row
  readonly before: number
  readonly now: number
  /** By so much two runs may differ by chance. */
  readonly noise: number
}

/** A tenth, whatever the rounds say: from one run to the next a machine differs by more than from round to round. */
const leastNoise = 0.1

/**
 * The figures that are worse than the last of the same kind by more than both their noises. Of the same kind is what the
 * same major version of Node and the same generator measured at the same scale.
 */
export function regressions(now: Report, history: readonly Remembered[]): readonly Regression[] {
  return now.measured.flatMap(({ row, value, noise, scale }) => {
    const alike = history.filter(
      (run) => majorOf(run.node) === majorOf(now.machine.node) && run.generator === now.generator,
    )
    const before = alike.findLast(
      ({ figures }) => figures[row.id] !== undefined && figures[row.id]?.scale === scale?.en,
    )?.figures[row.id]
    if (before === undefined) return []
    const allowed = Math.max(noise + before.noise, leastNoise * Math.abs(before.value))
    const worse = row.better === 'more' ? before.value - value : value - before.value
    return worse > allowed ? [{ row, before: before.value, now: value, noise: allowed }] : []
  })
}

function majorOf(version: string): string {
  return version.split('.', 1)[0] ?? ''
}
