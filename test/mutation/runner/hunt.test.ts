import { expect, test } from 'vitest'
import type { Mutant } from '../mutant.ts'
import { hunt } from './hunt.ts'
import type { TestRun } from './outcome.ts'
import type { Answer, Slot } from './slot.ts'
import type { Task } from './worker.ts'

function mutant(id: string, ...tests: readonly string[]): Mutant {
  return { id, folder: 'x', file: 'x.ts', find: '', replace: '', tests, breaks: '' }
}

const passes: TestRun = { passed: 3 }

/** A slot whose runs are answered by hand. */
function slotOf(answer: (task: Task) => Answer): Slot & { readonly tasks: string[] } {
  const tasks: string[] = []
  return {
    tasks,
    async run(task) {
      tasks.push(`${task.mutant?.id ?? '-'} ${task.tests.join()}`)
      return answer(task)
    },
    end: async () => {},
  }
}

async function outcomes(slot: Slot, mutants: readonly Mutant[], until = Number.POSITIVE_INFINITY) {
  let time = 0
  const given = { mutants, slots: [slot], until, now: () => time++, limit: (ms: number) => ms, onResult: () => {} }
  return Object.fromEntries((await hunt(given)).map(({ id, outcome }) => [id, outcome]))
}

test('the tests run once without a mutant, and then with each until one of them fails', async () => {
  const slot = slotOf(({ mutant: one, tests }) =>
    one?.id === 'a' && tests[0] === '1' ? { failed: '1: it fails', passed: 0 } : passes,
  )
  const found = await outcomes(slot, [mutant('a', '1', '2'), mutant('b', '1', '2')])
  expect(found).toEqual({ a: { is: 'caught', by: '1: it fails' }, b: { is: 'survived' } })
  expect(slot.tasks).toEqual(['- 1', 'a 1', 'b 1', '- 2', 'b 2'])
})

test('a run that does not end in time is a mutant that was caught', async () => {
  const slot = slotOf(({ mutant: one }) => (one === null ? passes : { overdue: true }))
  expect(await outcomes(slot, [mutant('a', '1')])).toEqual({ a: { is: 'caught', by: '1: its time limit' } })
})

test.each<[string, Answer, string]>([
  ['fail without it', { failed: '1: it fails', passed: 0 }, 'it fails without a mutant too: 1: it fails'],
  ['do not end without it', { overdue: true }, '1 does not end without a mutant either'],
  ['are all skipped', { passed: 0 }, '1 has no test that ran here'],
])('a mutant whose tests %s says nothing', async (_title, baseline, reason) => {
  const slot = slotOf(({ mutant: one }) => (one === null ? baseline : { failed: 'x', passed: 0 }))
  expect(await outcomes(slot, [mutant('a', '1')])).toEqual({ a: { is: 'void', reason } })
})

test('a mutant that cannot even be read says nothing', async () => {
  const slot = slotOf(({ mutant: one }) => (one === null ? passes : { unreadable: '1: Parse failure', passed: 0 }))
  expect(await outcomes(slot, [mutant('a', '1')])).toEqual({ a: { is: 'void', reason: '1: Parse failure' } })
})

test('when its time is over no further mutant is begun', async () => {
  const slot = slotOf(() => passes)
  const all = Array.from({ length: 100 }, (_, index) => mutant(String(index), '1'))
  const count = Object.keys(await outcomes(slot, all, 30)).length
  expect(count).toBeGreaterThan(0)
  expect(count).toBeLessThan(30)
})
