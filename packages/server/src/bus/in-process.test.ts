import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type BusMessage, NoReply, NoResponder } from './bus.ts'
import { createInProcessBus } from './in-process.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const silent = (): Promise<BusMessage> => new Promise(() => {})

test('the handler gets the message and the time it has, and its answer comes back', async () => {
  const bus = createInProcessBus()
  bus.serve('s', async (message, timeoutMs) => ({ message, timeoutMs }))
  expect(await bus.request('s', { ask: 1 }, 500)).toEqual({ message: { ask: 1 }, timeoutMs: 500 })
  expect(vi.getTimerCount()).toBe(0)
})

test('a gateway nobody serves is known to be offline at once', async () => {
  const bus = createInProcessBus()
  await expect(bus.request('s', {}, 500)).rejects.toThrow(NoResponder)
  const end = bus.serve('s', silent)
  end()
  await expect(bus.request('s', {}, 500)).rejects.toThrow(NoResponder)
})

test('no answer in time is no reply, not a moment before', async () => {
  const bus = createInProcessBus()
  bus.serve('s', silent)
  let outcome: unknown
  const asked = bus.request('s', {}, 500).catch((error: unknown) => {
    outcome = error
  })
  await vi.advanceTimersByTimeAsync(499)
  expect(outcome).toBeUndefined()
  await vi.advanceTimersByTimeAsync(1)
  await asked
  expect(outcome).toBeInstanceOf(NoReply)
})

test('a connection that ends leaves no reply at once, and no timer', async () => {
  const bus = createInProcessBus()
  const end = bus.serve('s', silent)
  const asked = bus.request('s', {}, 500)
  end()
  await expect(asked).rejects.toThrow(NoReply)
  expect(vi.getTimerCount()).toBe(0)
})

test('an answer after the time is up is dropped', async () => {
  const bus = createInProcessBus()
  let answer: (message: BusMessage) => void = () => {}
  bus.serve(
    's',
    () =>
      new Promise((resolve) => {
        answer = resolve
      }),
  )
  const asked = expect(bus.request('s', {}, 500)).rejects.toThrow(NoReply)
  await vi.advanceTimersByTimeAsync(500)
  answer({})
  await asked
})

test('a newer connection takes over, and the end of the older does not end it', async () => {
  const bus = createInProcessBus()
  const endOlder = bus.serve('s', silent)
  const asked = bus.request('s', {}, 500)
  const endNewer = bus.serve('s', async () => ({ from: 'newer' }))
  await expect(asked).rejects.toThrow(NoReply)
  endOlder()
  endOlder()
  expect(await bus.request('s', {}, 500)).toEqual({ from: 'newer' })
  endNewer()
  await expect(bus.request('s', {}, 500)).rejects.toThrow(NoResponder)
})

test.each([
  ['at once', () => Promise.reject(new Error('no'))],
  [
    'before its first await',
    () => {
      throw new Error('no')
    },
  ],
])('what the handler throws %s reaches who asked', async (_when, handler) => {
  const bus = createInProcessBus()
  bus.serve('s', handler)
  await expect(bus.request('s', {}, 500)).rejects.toThrow('no')
  expect(vi.getTimerCount()).toBe(0)
})

test('requests to several gateways do not touch one another', async () => {
  const bus = createInProcessBus()
  const end = bus.serve('a', silent)
  bus.serve('b', async () => ({ from: 'b' }))
  const toA = bus.request('a', {}, 500)
  const toB = bus.request('b', {}, 500)
  end()
  await expect(toA).rejects.toThrow(NoReply)
  expect(await toB).toEqual({ from: 'b' })
})

test('closing ends every request, and nobody is served any more', async () => {
  const bus = createInProcessBus()
  bus.serve('s', silent)
  const asked = bus.request('s', {}, 500)
  await Promise.all([expect(asked).rejects.toThrow(NoReply), bus.close()])
  await expect(bus.request('s', {}, 500)).rejects.toThrow(NoResponder)
})
