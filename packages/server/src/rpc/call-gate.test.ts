import { expect, test } from 'vitest'
import { createCallGate } from './call-gate.ts'

/** Whether it has come about once everything that is ready has run. */
async function isDone(promise: Promise<void>): Promise<boolean> {
  let done = false
  void promise.then(() => (done = true))
  await new Promise((next) => setImmediate(next))
  return done
}

test('a gate that is closed takes no more calls, and is empty when those inside have been answered', async () => {
  const gate = createCallGate()
  const [first, second] = [gate.enter(), gate.enter()]
  const closed = gate.close()
  expect(gate.enter()).toBeUndefined()
  first?.()
  expect(await isDone(closed)).toBe(false)
  second?.()
  expect(await isDone(closed)).toBe(true)
  expect(await isDone(gate.close())).toBe(true)
})

test('one without calls is empty at once', async () => {
  const gate = createCallGate()
  gate.enter()?.()
  expect(await isDone(gate.close())).toBe(true)
  expect(gate.enter()).toBeUndefined()
})
