import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { addToHistory, readHistory, regressions, remembered } from '../../bench/src/history.ts'
import type { Report } from '../../bench/src/report.ts'
import type { Measured, Row } from '../../bench/src/rows/row.ts'

const folder = mkdtempSync(join(tmpdir(), 'opensag-bench-history-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const write: Row = { id: 'write', about: { en: 'write', zh: '写' }, better: 'more', goal: 1 }
const memory: Row = { id: 'memory', about: { en: 'memory', zh: '内存' }, better: 'less', goal: 1 }

function report(measured: readonly Partial<Measured>[], node = '20.20.2', generator = 'wrk -t1'): Report {
  return {
    machine: { processor: 'any', cores: 2, memoryGiB: 24, node, fsyncMs: { p50: 1, p99: 2 } },
    strain: { load: 1, busy: 0.5, stolen: 0 },
    generator,
    rounds: 9,
    measured: measured.map((one) => ({ row: write, value: 1, noise: 0.01, from: '', ...one })),
  }
}

function past(...reports: readonly Report[]): ReturnType<typeof readHistory> {
  return reports.map((one) => remembered(one, { at: new Date(0), commit: 'abc' }))
}

test('what was added to the history is read back, line by line', () => {
  const file = join(folder, 'deep', 'node20.jsonl')
  const [one, other] = past(report([{ value: 1.23456 }]), report([{ value: 2 }]))
  expect(readHistory(file)).toEqual([])
  for (const run of [one, other]) if (run !== undefined) addToHistory(file, run)
  expect(readHistory(file)).toEqual([one, other])
  expect(one?.figures['write']).toEqual({ value: 1.235, noise: 0.01 })
})

test('a figure that is worse by more than its noise is a regression, whatever is better', () => {
  const history = past(report([{ value: 1 }, { row: memory, value: 100 }]))
  const worse = regressions(report([{ value: 0.8 }, { row: memory, value: 120, noise: 1 }]), history)
  expect(worse.map(({ row, before, now }) => [row.id, before, now])).toEqual([
    ['write', 1, 0.8],
    ['memory', 100, 120],
  ])
})

test('what is better, or worse by no more than chance, is none', () => {
  const history = past(
    report([
      { value: 1, noise: 0.2 },
      { row: memory, value: 100 },
    ]),
  )
  expect(
    regressions(
      report([
        { value: 0.75, noise: 0.1 },
        { row: memory, value: 109 },
      ]),
      history,
    ),
  ).toEqual([])
  expect(regressions(report([{ value: 9 }, { row: memory, value: 1 }]), history)).toEqual([])
})

test('it is compared with the last run that had the figure', () => {
  const history = past(report([{ value: 1 }]), report([{ value: 0.5 }]), report([{ row: memory, value: 1 }]))
  expect(regressions(report([{ value: 0.5 }]), history)).toEqual([])
  expect(regressions(report([{ value: 0.4 }]), history)).toHaveLength(1)
})

test.each([
  ['another major version of Node', past(report([{ value: 9 }], '24.1.0'))],
  ['another generator', past(report([{ value: 9 }], '20.20.2', 'own generator'))],
  ['another scale', past(report([{ value: 9, scale: { en: 'after 60000', zh: '' } }]))],
])('a run with %s is not compared', (_what, history) => {
  expect(regressions(report([{ value: 1 }]), history)).toEqual([])
})
