import { createManualTime } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { createRestarts } from './restarts.ts'

function create() {
  const time = createManualTime()
  const done: string[] = []
  const restarts = createRestarts({
    timers: time.timers,
    send: ({ kind }) => void done.push(kind),
    async record() {
      await new Promise((resolve) => setImmediate(resolve))
      done.push('recorded')
    },
  })
  return { time, done, restarts }
}

test('a gateway that agreed is told to go once that is recorded, and then the call is answered', async () => {
  const { done, restarts } = create()
  const asked = restarts.ask({ commandId: 'c', timeoutMs: 1000 })
  await restarts.answered({ kind: 'restarting', commandId: 'c' })
  expect(done).toEqual(['reboot', 'recorded', 'go'])
  expect(await asked).toBe('done')
})

test('whoever waits for a gateway that goes is told so, and nobody can wait for it any more', async () => {
  const { time, restarts } = create()
  const asked = restarts.ask({ commandId: 'c', timeoutMs: 1000 })
  restarts.end()
  expect(await asked).toBe('unreachable')
  expect(await restarts.ask({ commandId: 'd', timeoutMs: 1000 })).toBe('unreachable')
  expect(time.pending()).toBe(0)
})

test('a gateway that never answers is unreachable when the time is over', async () => {
  const { time, restarts } = create()
  const asked = restarts.ask({ commandId: 'c', version: '2.0.0.0', timeoutMs: 1000 })
  time.advance(1000)
  expect(await asked).toBe('unreachable')
})
