import { expect, test } from 'vitest'
import { type ExecutorInput, executorStep, idle, type Order } from './gateway-executor.ts'
import type { GatewayFacts } from './gateway-machine.ts'

const settled: GatewayFacts = {
  record: { generation: 3, unsettled: null, holds: 'zero', holdsGeneration: 1 },
  vault: 'old',
}
const set: Order = { is: 'set', changeId: 'one', generation: 4 }

/** What is done, in order, when each effect is answered by the next input. */
function run(order: Order, known: GatewayFacts | undefined, ...inputs: readonly ExecutorInput[]): readonly string[] {
  let step = executorStep(idle, { is: 'order', order, known })
  const done: string[] = []
  const left = [...inputs]
  for (let [effect] = step.effects; effect !== undefined; [effect] = step.effects) {
    done.push(effect.do)
    const input = left.shift()
    if (input === undefined) break
    step = executorStep(step.state, input)
  }
  return done
}

const done: ExecutorInput = { is: 'done' }

test('nothing is decided by what was not read, durably, since something failed', () => {
  expect(run(set, undefined, { is: 'read', facts: settled })).toEqual(['read', 'prepare'])
  expect(run(set, settled)).toEqual(['prepare'])
})

test('a change is written only after its hash, and acknowledged only after its writes', () => {
  expect(run(set, settled, { is: 'prepared', hash: 'new', current: true }, done, done, done, done)).toEqual([
    'prepare',
    'write-record',
    'write-vault',
    'end-sessions',
    'acknowledge',
  ])
})

test('a change whose connection ended while it was hashed is not applied', () => {
  expect(run(set, settled, { is: 'prepared', hash: 'new', current: false })).toEqual(['prepare'])
})

test('a change that could not be written is read again, taken back and refused', () => {
  const left: GatewayFacts = {
    record: {
      ...settled.record,
      generation: 4,
      unsettled: { changeId: 'one', generation: 1, hash: 'new', previous: 'old', overruled: false },
    },
    vault: 'old',
  }
  const failed: ExecutorInput = { is: 'write-failed' }
  expect(
    run(
      set,
      settled,
      { is: 'prepared', hash: 'new', current: true },
      done,
      failed,
      { is: 'read', facts: left },
      done,
      done,
      done,
      done,
    ),
  ).toEqual(['prepare', 'write-record', 'write-vault', 'read', 'write-vault', 'write-record', 'end-sessions', 'send'])
})

test('when not even that can be written the connection has to end', () => {
  const failed: ExecutorInput = { is: 'write-failed' }
  const facts = { ...settled, vault: 'old' }
  expect(
    run(set, settled, { is: 'prepared', hash: 'new', current: true }, failed, { is: 'read', facts }, failed).at(-1),
  ).toBe('give-up')
})

test('what a crash left half done is put right before anything else', () => {
  // Written down, and the vault not replaced yet: it never happened.
  const unsettled = { changeId: 'one', generation: 4, hash: 'new', previous: 'old', overruled: false }
  const crashed: GatewayFacts = {
    record: { generation: 4, unsettled, holds: 'zero', holdsGeneration: 3 },
    vault: 'old',
  }
  expect(run({ is: 'report' }, undefined, { is: 'read', facts: crashed }, done)).toEqual([
    'read',
    'write-record',
    'tell',
  ])
})

test('a write that fails while that is put right ends the connection: the order was not begun', () => {
  const unsettled = { changeId: 'zero', generation: 4, hash: 'new', previous: 'old', overruled: false }
  const crashed: GatewayFacts = {
    record: { generation: 4, unsettled, holds: null, holdsGeneration: null },
    vault: 'old',
  }
  expect(run(set, undefined, { is: 'read', facts: crashed }, { is: 'write-failed' })).toEqual([
    'read',
    'write-record',
    'give-up',
  ])
})
