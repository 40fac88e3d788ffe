import { createManualTime } from '@opensag/protocol'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { drain } from './drain.ts'
import { createCallGate } from './rpc/call-gate.ts'

const turn = () => new Promise((next) => setImmediate(next))

function draining(delayMs: number) {
  const time = createManualTime()
  const gate = createCallGate()
  const happened: string[] = []
  const health = { drain: () => void happened.push('not ready') }
  const options = { health, gate, timers: time.timers, logger: pino({ level: 'silent' }), delayMs, graceMs: 5000 }
  const start = () => void drain(options).then(() => happened.push('drained'))
  return { time, gate, happened, start }
}

test('a server that drains is not ready at once, takes calls during the delay, and none after it', async () => {
  const { time, gate, happened, start } = draining(3000)
  start()
  expect(happened).toEqual(['not ready'])
  time.advance(2999)
  await turn()
  const leave = gate.enter()
  expect(leave).toBeDefined()
  time.advance(1)
  await turn()
  expect(gate.enter()).toBeUndefined()
  expect(happened).toEqual(['not ready'])
  leave?.()
  await turn()
  expect(happened).toEqual(['not ready', 'drained'])
})

test('without a delay it takes no more calls at once', async () => {
  const { gate, happened, start } = draining(0)
  start()
  expect(gate.enter()).toBeUndefined()
  await turn()
  expect(happened).toEqual(['not ready', 'drained'])
})

test('a call that is never answered does not keep it from stopping', async () => {
  const { time, gate, happened, start } = draining(0)
  gate.enter()
  start()
  time.advance(4999)
  await turn()
  expect(happened).toEqual(['not ready'])
  time.advance(1)
  await turn()
  expect(happened).toEqual(['not ready', 'drained'])
})
