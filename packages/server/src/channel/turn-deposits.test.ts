import { createManualTime } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { createPasswordTurns } from './password-turns.ts'
import type { WantedDecision } from './turns-ports.ts'

const limits = { timeoutMs: 1000, leaseMs: 1000 }
const sealed = { enc: 'A'.repeat(43), ciphertext: 'AAAA' }

function create() {
  const wanted: WantedDecision[] = []
  const turns = createPasswordTurns({
    timers: createManualTime().timers,
    send() {},
    async decide(one) {
      wanted.push(one)
      return one.outcome
    },
    close: async () => {},
    problem(error) {
      throw error
    },
  })
  turns.start(0)
  return { wanted, turns }
}

test('each change is decided with what its own acknowledgement deposited', async () => {
  const { wanted, turns } = create()
  for (const [changeId, deposit] of [
    ['one', 'the first'],
    ['two', undefined],
  ] as const) {
    await turns.reserve(changeId, limits)
    const change = turns.change(changeId, sealed, 1000)
    turns.answered('ack', changeId, deposit)
    expect(await change).toBe('accepted')
  }
  expect(wanted.map(({ changeId, deposit }) => [changeId, deposit])).toEqual([
    ['one', 'the first'],
    ['two', undefined],
  ])
})

test('a change that comes twice is answered once, and the second time nobody knows', async () => {
  const { turns } = create()
  await turns.reserve('one', limits)
  const first = turns.change('one', sealed, 1000)
  expect(await turns.change('one', sealed, 1000)).toBeUndefined()
  turns.answered('ack', 'one', 'd')
  expect(await first).toBe('accepted')
})
