import type { WireHealthCheck } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { judge, undecided } from './judge.ts'
import type { EchoOutcome } from './prober.ts'

const check: WireHealthCheck = {
  ...{ id: 'hc-1', generation: 1, from: '10.0.0.1', to: '10.0.1.1', intervalMs: 1000, count: 1, timeoutMs: 1000 },
  ...{ failures: 3, slowMs: 100, slowAnswers: 2 },
}

/** `.` an answer, `s` a slow one, `x` none, `-` nothing was sent. */
function after(probes: string, given: Partial<WireHealthCheck> = {}): string {
  const outcomes: Readonly<Record<string, EchoOutcome>> = {
    '.': { is: 'answered', afterMs: 100 },
    s: { is: 'answered', afterMs: 101 },
    x: { is: 'lost' },
    '-': { is: 'unsent' },
  }
  let verdict = undecided
  for (const one of probes) verdict = judge(verdict, { ...check, ...given }, outcomes[one] ?? { is: 'unsent' })
  return verdict.status
}

test.each([
  ['', 'unknown'],
  ['.', 'success'],
  ['xx', 'unknown'],
  ['xxx', 'failed'],
  ['.xx', 'success'],
  ['.xxx', 'failed'],
  ['.xx.xx', 'success'],
  ['xxx.', 'success'],
  ['s', 'unknown'],
  ['.s', 'success'],
  ['.ss', 'failed'],
  ['.s.s', 'success'],
  ['sxs', 'failed'],
  ['ss.', 'success'],
  ['xxxs', 'failed'],
  ['.-', 'unknown'],
  ['xx-x', 'unknown'],
])('after %j it is %s', (probes, status) => {
  expect(after(probes)).toBe(status)
})

test('without a limit no answer is slow', () => {
  const { slowMs: _, ...unlimited } = check
  expect(judge(undecided, unlimited, { is: 'answered', afterMs: 4_999 }).status).toBe('success')
})
