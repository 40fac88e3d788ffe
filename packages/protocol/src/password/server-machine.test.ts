import { expect, test } from 'vitest'
import { newChange, type ServerInput, type ServerState, serverStep, settleVerdict } from './server-machine.ts'

function run(...inputs: readonly ServerInput[]): { readonly state: ServerState; readonly done: readonly string[] } {
  let state = newChange
  const done: string[] = []
  for (const input of inputs) {
    const step = serverStep(state, input)
    state = step.state
    done.push(...step.effects.map((effect) => ('outcome' in effect ? `${effect.do} ${effect.outcome}` : effect.do)))
  }
  return { state, done }
}

const begin = { is: 'begin' } as const
const journalled = (outcome: 'succeeded' | 'failed') => ({ is: 'journalled', outcome }) as const

test('an acknowledged change is answered only once the journal says so, and confirmed', () => {
  expect(run(begin, { is: 'ack' }).done).toEqual(['send-set', 'decide succeeded'])
  expect(run(begin, { is: 'ack' }, journalled('succeeded')).done.slice(2)).toEqual(['answer accepted', 'send-settle'])
})

test('an acknowledgement whose journal entry failed meanwhile closes the connection and is a failure', () => {
  expect(run(begin, { is: 'ack' }, journalled('failed')).done.slice(2)).toEqual(['close', 'answer unreachable'])
})

test('past the deadline the connection is closed before the failure is answered, and a late ack changes nothing', () => {
  expect(run(begin, { is: 'deadline' }, { is: 'ack' }, journalled('failed')).done).toEqual([
    'send-set',
    'decide failed',
    'close',
    'answer unreachable',
  ])
})

test('a change the gateway could not apply is refused and the connection stays', () => {
  expect(run(begin, { is: 'nack' }, journalled('failed')).done.slice(2)).toEqual(['answer refused'])
})

test('a lost connection is a failure, unless the acknowledgement came first', () => {
  expect(run(begin, { is: 'disconnected' }, journalled('failed')).done.slice(1)).toEqual([
    'decide failed',
    'answer unreachable',
  ])
  expect(run(begin, { is: 'ack' }, { is: 'disconnected' }, journalled('succeeded')).done.slice(1)).toEqual([
    'decide succeeded',
    'answer accepted',
    'send-settle',
  ])
})

test('nothing is done twice', () => {
  expect(
    run(begin, begin, { is: 'ack' }, { is: 'ack' }, journalled('succeeded'), journalled('failed')).done,
  ).toHaveLength(4)
})

test('only a journal that says succeeded confirms', () => {
  expect(settleVerdict('succeeded')).toBe('confirm')
  expect(settleVerdict('failed')).toBe('revert')
  expect(settleVerdict(undefined)).toBe('revert')
})

test.each([
  ['ack', false],
  ['nack', false],
  // It may hold what it must not.
  ['deadline', true],
  ['disconnected', true],
] as const)('a change that ends with %s takes its gateway off line where the journal fails it: %s', (is, offline) => {
  const { state } = run(begin)
  expect(serverStep(state, { is }).effects).toMatchObject([{ do: 'decide', offline }])
})
