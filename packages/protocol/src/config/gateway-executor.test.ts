import { expect, test } from 'vitest'
import type { MarkedConfig } from '../messages.ts'
import { type ConfigExecutorInput, type ConfigExecutorState, configExecutorStep } from './gateway-executor.ts'
import type { ConfigInput } from './gateway-machine.ts'
import { emptyConfigRecord } from './record.ts'

const desired: MarkedConfig = {
  instanceId: 'sag-one',
  revision: 1,
  config: { cidrs: [], routingStrategy: 'static', securityLockThreshold: 0, snat: [], probeAddresses: [] },
}
const configure: ConfigInput = { is: 'configure', desired, withinMs: 1000 }
const nothing: ConfigExecutorState = { facts: { record: emptyConfigRecord, inEffect: true }, rest: [] }

function run(...inputs: readonly ConfigExecutorInput[]): {
  readonly state: ConfigExecutorState
  readonly asked: string
} {
  let state = nothing
  const asked: string[] = []
  for (const input of inputs) {
    const step = configExecutorStep(state, input)
    state = step.state
    asked.push(step.effects.map((effect) => effect.do).join(' '))
  }
  return { state, asked: asked.join(', ') }
}

const done = { is: 'done' } as const

test('each effect is asked for once the one before is done, and the facts follow', () => {
  const { state, asked } = run(configure, done, done, done, done)
  expect(asked).toBe('write, await, apply, tell, ')
  expect(state.facts).toMatchObject({ record: { inForce: desired }, inEffect: true })
  expect(run(configure).state.facts).toEqual(nothing.facts)
  expect(run(configure, done).state.facts).toMatchObject({ record: { inForce: desired }, inEffect: false })
})

test('what the system does not take on trial is given up, and not in effect in between', () => {
  const { state, asked } = run(configure, done, done, { is: 'apply-failed' })
  expect(asked).toBe('write, await, apply, write')
  expect(state.facts.inEffect).toBe(false)
  const after = run(configure, done, done, { is: 'apply-failed' }, done, done, done)
  expect(after.asked).toBe('write, await, apply, write, apply, tell, ')
  expect(after.state.facts).toMatchObject({ record: { inForce: null, trial: null }, inEffect: true })
})

test('what comes while something is being done is not begun', () => {
  expect(run(configure, { is: 'cleared' }, done).asked).toBe('write, , await')
})
