import { expect, test } from 'vitest'
import { mostWaiting, noTurns, type TurnsInput, type TurnsState, turnsStep } from './turns-machine.ts'

function run(...inputs: readonly TurnsInput[]): { readonly state: TurnsState; readonly done: readonly string[] } {
  let state = noTurns
  const done: string[] = []
  for (const input of inputs) {
    const step = turnsStep(state, input)
    state = step.state
    for (const effect of step.effects) {
      const said = 'reserved' in effect ? effect.reserved : 'outcome' in effect ? effect.outcome : ''
      done.push(`${effect.do}${'changeId' in effect ? ` ${effect.changeId}` : ''} ${said}`.trim())
    }
  }
  return { state, done }
}

const start = { is: 'start', generation: 4 } as const
const of = (is: 'reserve' | 'change' | 'lapse' | 'ack' | 'deadline' | 'undecided', changeId: string): TurnsInput => ({
  is,
  changeId,
})

test('nobody gets a turn before the gateway is settled', () => {
  expect(run(of('reserve', 'one')).done).toEqual([])
  expect(run(of('reserve', 'one'), start).done).toEqual(['answer-reserve one 5'])
})

test('a turn that is not used lapses to the next; one that is used does not', () => {
  const both = [start, of('reserve', 'one'), of('reserve', 'two')]
  expect(run(...both, of('lapse', 'one')).done.slice(1)).toEqual(['answer-reserve two 6'])
  const { state, done } = run(...both, of('change', 'one'), of('lapse', 'one'))
  expect(state.turn?.changeId).toBe('one')
  expect(done.slice(1)).toEqual(['send-set one'])
})

test('a change that asks twice has one turn', () => {
  const twice = [start, of('reserve', 'one'), of('reserve', 'one')]
  expect(run(...twice).done).toEqual(['answer-reserve one 5', 'answer-reserve one 5'])
  const waiting = run(start, of('reserve', 'one'), of('reserve', 'two'), of('reserve', 'two'))
  expect(waiting.state.waiting).toEqual(['two'])
})

test('so many may wait, and no more', () => {
  const many = Array.from({ length: mostWaiting + 2 }, (_, index) => of('reserve', String(index)))
  expect(run(start, ...many).done).toEqual(['answer-reserve 0 5', `answer-reserve ${mostWaiting + 1} busy`])
})

test('after a change that was not proved the gateway is told of no other', () => {
  const journalled = { is: 'journalled', changeId: 'one', outcome: 'failed' } as const
  const { done } = run(
    start,
    of('reserve', 'one'),
    of('reserve', 'two'),
    of('change', 'one'),
    of('deadline', 'one'),
    journalled,
  )
  expect(done.slice(1)).toEqual(['send-set one', 'decide one failed', 'close', 'answer one unreachable'])
})

test('a change whose journal could not be asked closes the connection before whoever waits is told', () => {
  const { done } = run(start, of('reserve', 'one'), of('change', 'one'), of('ack', 'one'), of('undecided', 'one'))
  expect(done.slice(-2)).toEqual(['close', 'answer-unknown one'])
})
