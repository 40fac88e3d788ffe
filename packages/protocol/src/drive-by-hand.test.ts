import { expect, test } from 'vitest'
import { type ByHand, driveByHand } from './drive-by-hand.ts'
import type { Machine } from './drive-line.ts'

type Effect = { readonly do: 'work'; readonly name: string } | { readonly do: 'break'; readonly name: string }

/** Each input names the effects that follow from it, in order; x is one that breaks. */
const machine: Machine<string, string, Effect> = {
  initial: '',
  step: (state, input) => ({
    state: state + input,
    effects: [...input].map((name) => ({ do: name === 'x' ? 'break' : 'work', name })),
  }),
}

/** `answers`: what an effect answers. `broken`: what is made of one that breaks. */
function create(answers: Readonly<Record<string, string>> = {}, broken: () => string | undefined = () => undefined) {
  const done: string[] = []
  const given: ByHand<string[], string, string, Effect> = {
    urgent: ({ name }) => name === 'u',
    failed: broken,
    ports: {
      work({ name }, owner) {
        owner.push(name)
        return answers[name]
      },
      break({ name }, owner) {
        owner.push(name)
        throw new Error('No.')
      },
    },
  }
  return { done, driven: driveByHand(given, done, { machine }) }
}

test('nothing is done before somebody says so, and then one effect after the other', () => {
  const { driven, done } = create()
  driven.input('ab')
  expect([driven.state, driven.waiting, done]).toEqual(['ab', 2, []])
  expect([driven.next(), done]).toEqual([true, ['a']])
  expect([driven.next(), driven.next(), done]).toEqual([true, false, ['a', 'b']])
})

test('what an effect answers is the next input, and what follows from that waits behind what is in line', () => {
  const { driven, done } = create({ a: 'c' })
  driven.input('ab')
  driven.next()
  expect(driven.state).toBe('abc')
  while (driven.next());
  expect(done).toEqual(['a', 'b', 'c'])
})

test('an urgent effect waits for nobody', () => {
  const { driven, done } = create({ u: 'c' })
  driven.input('aub')
  expect([driven.state, driven.waiting, done]).toEqual(['aubc', 3, ['u']])
})

test('an effect that breaks is over, with what is made of it', () => {
  const { driven, done } = create({}, () => 'a')
  driven.input('xb')
  while (driven.next());
  expect([driven.state, done]).toEqual(['xba', ['x', 'b', 'a']])
})

test('an effect that breaks and of which nothing can be made ends the machine', () => {
  const { driven, done } = create()
  driven.input('xb')
  driven.next()
  driven.input('a')
  expect([driven.state, driven.waiting, driven.next(), done]).toEqual(['xb', 0, false, ['x']])
})

test('what is a defect reaches whoever had the effect carried out', () => {
  const { driven } = create({}, () => {
    throw new Error('A defect.')
  })
  driven.input('x')
  expect(() => driven.next()).toThrow('A defect.')
})

test('what waits can be forgotten, and the machine goes on', () => {
  const { driven, done } = create()
  driven.input('ab')
  driven.clear()
  driven.input('c')
  while (driven.next());
  expect([driven.state, done]).toEqual(['abc', ['c']])
})
