import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Meaning } from './answer.ts'
import {
  leftInDoubt,
  notBegun,
  type RotationInput,
  type RotationSettings,
  type RotationState,
  rotationStep,
} from './machine.ts'

const usual: RotationSettings = { attempts: 3, canReadBack: false, repeatLost: false, waitOffline: false }

/** Gives inputs one after the other, as long as it is not decided. */
function after(
  inputs: readonly RotationInput[],
  settings: Partial<RotationSettings> = {},
  from: RotationState = notBegun,
): { readonly state: RotationState; readonly effects: readonly string[] } {
  const effects: string[] = []
  let state = from
  for (const input of inputs) {
    const step = rotationStep(state, input, { ...usual, ...settings })
    state = step.state
    effects.push(...step.effects.map((effect) => effect.do))
  }
  return { state, effects }
}

const begin: RotationInput = { is: 'begin' }
const answered = (meaning: Meaning): RotationInput => ({ is: 'answered', meaning, why: meaning })
const lost: RotationInput = { is: 'lost', why: 'no answer' }
const paused: RotationInput = { is: 'paused' }

describe('ends', () => {
  test.each<[string, readonly RotationInput[], Partial<RotationSettings>, RotationState['outcome']]>([
    ['changed', [begin, answered('changed')], {}, { is: 'changed' }],
    ['kept when it is refused', [begin, answered('refused')], {}, { is: 'kept', why: 'refused' }],
    ['offline', [begin, answered('offline')], {}, { is: 'offline', why: 'offline' }],
    ['unknown when the answer is lost', [begin, lost], {}, { is: 'unknown', why: 'no answer' }],
    ['changed after being throttled', [begin, answered('again'), paused, answered('changed')], {}, { is: 'changed' }],
    [
      'kept when it is throttled for too long',
      [begin, answered('again'), paused, answered('again'), paused, answered('again')],
      {},
      { is: 'kept', why: 'again' },
    ],
    [
      'unknown after an unclear answer and a refusal',
      [begin, answered('unclear'), paused, answered('refused')],
      {},
      { is: 'unknown', why: 'unclear' },
    ],
    [
      'unknown after an unclear answer and being offline',
      [begin, answered('unclear'), paused, answered('offline')],
      {},
      { is: 'unknown', why: 'unclear' },
    ],
    [
      'changed after an unclear answer and a success',
      [begin, answered('unclear'), paused, answered('changed')],
      {},
      { is: 'changed' },
    ],
    [
      'changed when the record says so',
      [begin, lost, { is: 'checked', found: 'changed' }],
      { canReadBack: true },
      { is: 'changed' },
    ],
    [
      'unknown when the record cannot tell',
      [begin, lost, { is: 'checked', found: 'unknown' }],
      { canReadBack: true },
      { is: 'unknown', why: 'no answer' },
    ],
    [
      'kept when the record says that none of the attempts worked',
      [begin, answered('unclear'), { is: 'checked', found: 'unchanged' }],
      { canReadBack: true, attempts: 1 },
      { is: 'kept', why: 'unclear' },
    ],
    [
      'changed after coming back online',
      [begin, answered('offline'), { is: 'online' }, answered('changed')],
      { waitOffline: true },
      { is: 'changed' },
    ],
    [
      'offline after it was waited for in vain',
      [begin, answered('offline'), { is: 'waited-enough' }],
      { waitOffline: true },
      { is: 'offline', why: 'offline' },
    ],
  ])('%s', (_title, inputs, settings, outcome) => {
    expect(after(inputs, settings).state.outcome).toEqual(outcome)
  })
})

test('a lost answer is not followed by another call, unless that was asked for', () => {
  expect(after([begin, lost]).effects).toEqual(['call'])
  expect(after([begin, lost, paused], { repeatLost: true }).effects).toEqual(['call', 'pause', 'call'])
})

test('what is wrong with the key stops the rotation and decides nothing', () => {
  const { state, effects } = after([begin, answered('halt')])
  expect(effects).toEqual(['call', 'halt'])
  expect(state).toMatchObject({ is: 'waiting', doubt: undefined, outcome: undefined })
})

describe('after an interruption between call and answer', () => {
  test('nothing is called before it is known what became of the call', () => {
    expect(after([begin], { canReadBack: true }, leftInDoubt()).effects).toEqual(['read-back'])
    expect(after([begin], {}, leftInDoubt())).toMatchObject({ effects: [], state: { outcome: { is: 'unknown' } } })
  })

  test('a record without the call lets it be called as if it were new', () => {
    const found: RotationInput = { is: 'checked', found: 'unchanged' }
    expect(after([begin, found, answered('changed')], { canReadBack: true }, leftInDoubt())).toMatchObject({
      effects: ['read-back', 'call'],
      state: { outcome: { is: 'changed' } },
    })
  })
})

/** What the gateway and the network really do with each attempt. */
interface Fate {
  readonly applied: boolean
  readonly told: 'rightly' | 'unclear' | 'lost' | 'not-sent'
  readonly refusal: 'again' | 'refused' | 'offline'
}

const fates: fc.Arbitrary<Fate> = fc
  .record({
    applied: fc.boolean(),
    told: fc.constantFrom('rightly', 'unclear', 'lost', 'not-sent'),
    refusal: fc.constantFrom('again', 'refused', 'offline'),
  })
  .map((fate) => (fate.told === 'not-sent' ? { ...fate, applied: false } : fate))

const settingsOf: fc.Arbitrary<RotationSettings> = fc.record({
  attempts: fc.integer({ min: 1, max: 4 }),
  canReadBack: fc.boolean(),
  repeatLost: fc.boolean(),
  waitOffline: fc.boolean(),
})

test('whatever the network does, an outcome that is stated is true, and it always ends', () => {
  fc.assert(
    fc.property(
      fc.array(fates, { minLength: 1, maxLength: 12 }),
      settingsOf,
      fc.boolean(),
      fc.boolean(),
      (fates, settings, startsInDoubt, wasApplied) => {
        let applied = startsInDoubt && wasApplied
        let calls = 0
        let waits = 0
        let state = startsInDoubt ? leftInDoubt() : notBegun
        let inputs: RotationInput[] = [begin]
        for (let steps = 0; inputs.length > 0; steps++) {
          expect(steps).toBeLessThan(200)
          const step = rotationStep(state, inputs.shift() as RotationInput, settings)
          state = step.state
          for (const effect of step.effects) {
            if (effect.do === 'pause') inputs.push(paused)
            if (effect.do === 'read-back') inputs.push({ is: 'checked', found: applied ? 'changed' : 'unchanged' })
            // It comes back twice and then stays away.
            if (effect.do === 'await-online') inputs.push(waits++ < 2 ? { is: 'online' } : { is: 'waited-enough' })
            if (effect.do === 'call') {
              const fate = fates[calls++ % fates.length] as Fate
              applied ||= fate.applied
              inputs = [inputOf(fate)]
            }
          }
        }
        expect(state.is).toBe('done')
        if (state.outcome?.is === 'changed') expect(applied).toBe(true)
        if (state.outcome?.is === 'kept' || state.outcome?.is === 'offline') expect(applied).toBe(false)
        if (settings.canReadBack) expect(state.outcome?.is).not.toBe('unknown')
      },
    ),
    { numRuns: 2000 },
  )
})

function inputOf({ applied, told, refusal }: Fate): RotationInput {
  if (told === 'lost') return lost
  if (told === 'not-sent') return { is: 'not-sent', why: 'refused connection' }
  if (told === 'unclear') return answered('unclear')
  return answered(applied ? 'changed' : refusal)
}
