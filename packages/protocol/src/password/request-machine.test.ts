import { expect, test } from 'vitest'
import { newRequest, type RequestInput, requestStep } from './request-machine.ts'

function run(...inputs: readonly RequestInput[]): readonly string[] {
  let state = newRequest
  const done: string[] = []
  for (const input of inputs) {
    const step = requestStep(state, input)
    state = step.state
    for (const effect of step.effects) {
      if (effect.do === 'answer') done.push(`answer ${effect.outcome}`)
      else done.push('offline' in effect && effect.offline ? `${effect.do} and take it off line` : effect.do)
    }
  }
  return done
}

const handed = [{ is: 'begin' }, { is: 'reserved', turn: 7 }, { is: 'journalled' }] as const

test('a turn, the journal, then the holder: in this order', () => {
  expect(run(...handed, { is: 'handed', outcome: 'accepted' })).toEqual([
    'reserve',
    'journal',
    'hand',
    'answer accepted',
  ])
})

test('without a turn nothing is journalled', () => {
  expect(run({ is: 'begin' }, { is: 'reserved', turn: undefined })).toEqual(['reserve', 'answer unreachable'])
  expect(run({ is: 'begin' }, { is: 'reserved', turn: 'gone' })).toEqual(['reserve', 'answer unreachable'])
  expect(run({ is: 'begin' }, { is: 'reserved', turn: 'busy' })).toEqual(['reserve', 'answer busy'])
})

test('without an answer of the holder the journal decides, and the gateway does not count as connected', () => {
  const lost = [...handed, { is: 'handed', outcome: undefined }] as const
  expect(run(...lost).at(-1)).toBe('give-up and take it off line')
  expect(run(...lost, { is: 'decided', outcome: 'failed' }).at(-1)).toBe('answer unreachable')
  expect(run(...lost, { is: 'decided', outcome: 'succeeded' }).at(-1)).toBe('answer accepted')
})

test('a journal that cannot be asked means no answer, as often as it takes', () => {
  const lost = [...handed, { is: 'handed', outcome: undefined }, { is: 'undecided' }, { is: 'undecided' }] as const
  expect(run(...lost).slice(-2)).toEqual(['give-up-again and take it off line', 'give-up-again and take it off line'])
})

test('a turn that lapsed leaves the gateway connected: it was told nothing', () => {
  const lapsed = [...handed, { is: 'handed', outcome: 'lapsed' }] as const
  expect(run(...lapsed).at(-1)).toBe('give-up')
  expect(run(...lapsed, { is: 'decided', outcome: 'failed' }).at(-1)).toBe('answer busy')
})

test('a store that fails before anything was sent is an error of this side', () => {
  expect(run({ is: 'begin' }, { is: 'reserved', turn: 7 }, { is: 'not-journalled' }).at(-1)).toBe('answer error')
})
