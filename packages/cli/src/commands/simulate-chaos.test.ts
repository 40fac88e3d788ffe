import { afterEach, beforeEach, expect, type MockInstance, test, vi } from 'vitest'
import { UsageError } from '../exit.ts'
import { simulateChaos } from './simulate-chaos.ts'

let printed: MockInstance<typeof console.log>
beforeEach(() => {
  printed = vi.spyOn(console, 'log').mockImplementation(() => {})
})
afterEach(() => printed.mockRestore())

const options = { chaos: true, schedules: '10', threads: '1' }

test.each(['password:1', 'configuration:1', 'row-of-a-dead-node', 'row-of-a-dead-node:1'])(
  '%s can be seen again',
  async (replay) => {
    await simulateChaos({ ...options, replay })
    expect(printed.mock.calls).toEqual([['Every promise was kept.']])
  },
)

test.each([
  ['an unknown subject', { replay: 'wind:1' }],
  ['a seed that is no number', { replay: 'password:one' }],
  ['a subject without a seed', { replay: 'password' }],
  ['an empty seed', { replay: 'password:' }],
  ['half a minute', { minutes: '0.5' }],
  ['no schedules', { schedules: '0' }],
  ['half a thread', { threads: '0.5' }],
  ['a negative seed', { seed: '-1' }],
])('%s is wrong use', async (_, wrong) => {
  await expect(simulateChaos({ ...options, ...wrong })).rejects.toThrow(UsageError)
})
