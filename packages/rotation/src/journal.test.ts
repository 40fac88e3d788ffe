import { describe, expect, test } from 'vitest'
import { doubtsOf, JournalMistake, readJournal } from './journal.ts'
import type { JournalRecord } from './journal-record.ts'
import { planRotation } from './plan.ts'
import { gateway } from './testing/gateways.suite.ts'

const at = '2026-11-25T19:00:00.000Z'
const by = { accessKeyId: 'k', principal: undefined, user: 'u', host: 'h' }
const plan = planRotation(
  [gateway(), gateway({ instanceId: 'sag-2', serial: 'sag0002' }), gateway({ instanceId: 'sag-3', model: 'sag-vcpe' })],
  { canary: { count: 1 }, growth: 2, largest: 10 },
)
const began: JournalRecord = {
  kind: 'began',
  format: 1,
  rotation: 'r',
  at,
  endpoint: 'http://127.0.0.1',
  selection: '--all',
  recipients: [],
  passwords: 'made',
}
const planned: JournalRecord = { kind: 'planned', gateways: plan }
const planEnded: JournalRecord = { kind: 'plan-ended', gateways: plan.length, waves: 2 }
const start = [began, planned, planEnded]
const run = (number: number): JournalRecord => ({ kind: 'run', run: number, at, by })
const calling = (number: number, gatewayIndex = 0): JournalRecord => ({
  kind: 'calling',
  gateway: gatewayIndex,
  run: number,
  operation: 'ModifySAGAdminPassword',
  at,
  endpointTime: 1000 * number,
})
const answered = (meaning: 'changed' | 'refused' | 'unclear' | 'halt', requestId = 'q'): JournalRecord => ({
  kind: 'answered',
  gateway: 0,
  meaning,
  status: 200,
  code: undefined,
  requestId,
  at,
})

function first(...records: readonly JournalRecord[]) {
  const gatewayState = readJournal([...start, run(1), ...records]).gateways[0]
  if (gatewayState === undefined) throw new Error('It has no gateway.')
  return gatewayState
}

test('what no operation is for is decided from the beginning', () => {
  const { gateways, isPlanned } = readJournal(start)
  expect(isPlanned).toBe(true)
  expect(gateways.map(({ outcome }) => outcome?.is)).toEqual([undefined, undefined, 'unsupported'])
})

test('a plan that was interrupted is no plan, and one that follows it counts', () => {
  expect(readJournal([began, planned]).isPlanned).toBe(false)
  expect(readJournal([began, planned, ...start.slice(1)]).plan).toEqual(plan)
})

describe('of a gateway', () => {
  test('a call without an answer is in doubt', () => {
    expect(doubtsOf(first(calling(1)))).toMatchObject([{ run: 1, endpointTime: 1000 }])
  })

  test('what the endpoint’s record tells counts, of the run that it tells', () => {
    const checked: JournalRecord = { kind: 'checked', gateway: 0, found: 'changed', run: 1 }
    expect(first(calling(1), calling(2), checked)).toMatchObject({ outcome: { is: 'changed' }, holds: 1, doubts: [] })
  })

  test('a success counts although its run ended before it was decided', () => {
    expect(first(calling(1), answered('changed'))).toMatchObject({ outcome: { is: 'changed' }, holds: 1, doubts: [] })
  })

  test('a refusal leaves no doubt, and an unclear answer does', () => {
    expect(doubtsOf(first(calling(1), answered('refused')))).toEqual([])
    expect(doubtsOf(first(calling(1), answered('halt')))).toEqual([])
    expect(doubtsOf(first(calling(1), answered('unclear')))).toHaveLength(1)
    expect(doubtsOf(first(calling(1), answered('unclear'), calling(1), answered('refused')))).toHaveLength(1)
  })

  test('a call that never left leaves no doubt, and one whose answer was lost does', () => {
    const why = { gateway: 0, why: 'x', at }
    expect(doubtsOf(first(calling(1), { kind: 'not-sent', ...why }))).toEqual([])
    expect(doubtsOf(first(calling(1), { kind: 'lost', ...why }))).toHaveLength(1)
  })

  test('calls of several runs may each have worked; the password is that of the one that did', () => {
    const both = first(calling(1), run(2), calling(2))
    expect(doubtsOf(both).map((doubt) => doubt.run)).toEqual([1, 2])
    expect(first(calling(1), run(2), calling(2), answered('changed'))).toMatchObject({ holds: 2, doubts: [] })
  })

  test('the record of the endpoint settles a doubt', () => {
    const checked = (found: 'changed' | 'unchanged' | 'unknown'): JournalRecord => ({
      kind: 'checked',
      gateway: 0,
      found,
      run: 1,
    })
    expect(first(calling(1), run(2), checked('changed'))).toMatchObject({ outcome: { is: 'changed' }, holds: 1 })
    expect(doubtsOf(first(calling(1), run(2), checked('unchanged')))).toEqual([])
    expect(doubtsOf(first(calling(1), run(2), checked('unknown')))).toHaveLength(1)
  })

  test('answers it got are remembered by their request ids', () => {
    expect(first(calling(1), answered('unclear', 'q1'), calling(1), answered('refused', 'q2')).requestIds).toEqual([
      'q1',
      'q2',
    ])
  })
})

describe('what cannot have been written so is refused', () => {
  const decided: JournalRecord = { kind: 'decided', gateway: 0, outcome: { is: 'kept', why: '' }, at }
  const summary = { changed: 0, kept: 0, offline: 0, unknown: 0, unsupported: 0, pending: 0 }
  test.each<[string, readonly JournalRecord[]]>([
    ['nothing', []],
    ['no beginning', [planned]],
    ['two beginnings', [began, began]],
    ['another format', [{ ...began, format: 2 } as unknown as JournalRecord]],
    ['a plan with a part missing', [began, { kind: 'plan-ended', gateways: 3, waves: 1 }]],
    ['two plans', [...start, ...start.slice(1)]],
    ['a gateway that is not in the plan', [...start, run(1), calling(1, 9)]],
    ['a change after a change', [...start, run(1), calling(1), answered('changed'), calling(1)]],
    ['a success taken back', [...start, run(1), calling(1), answered('changed'), decided]],
    [
      'the end of a run that did not begin',
      [...start, { kind: 'run-ended', run: 1, at, why: { is: 'finished' }, summary }],
    ],
  ])('%s', (_title, records) => {
    expect(() => readJournal(records)).toThrow(JournalMistake)
  })
})

test('runs are told with how they ended, a killed one without', () => {
  const summary = { changed: 0, kept: 0, offline: 0, unknown: 0, unsupported: 0, pending: 0 }
  const { runs } = readJournal([
    ...start,
    run(1),
    run(2),
    { kind: 'run-ended', run: 2, at, why: { is: 'interrupted' }, summary },
  ])
  expect(runs).toMatchObject([
    { run: 1, ended: undefined },
    { run: 2, ended: { why: { is: 'interrupted' } } },
  ])
})
