import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { busSuite } from './bus.suite.ts'
import { type BusMessage, NoReply, NoResponder } from './bus.ts'
import { createInProcessBus } from './in-process.ts'

describe('a bus within one process', () => {
  busSuite(async () => {
    const bus = createInProcessBus()
    return { asker: bus, holder: bus, settled: async () => {}, close: () => bus.close() }
  })
})

describe('with a clock that the test moves', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const silent = (): Promise<BusMessage> => new Promise(() => {})

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

  test('an answer, an end and a failure leave no timer', async () => {
    const bus = createInProcessBus()
    bus.serve('answers', async () => ({}))
    await bus.request('answers', {}, 500)
    bus.serve('fails', () => Promise.reject(new Error('no')))
    await expect(bus.request('fails', {}, 500)).rejects.toThrow('no')
    const end = bus.serve('ends', silent)
    const asked = expect(bus.request('ends', {}, 500)).rejects.toThrow(NoReply)
    end()
    await asked
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

  test('once it is closed nobody is there, and a newer connection ends what the older was asked', async () => {
    const bus = createInProcessBus()
    bus.serve('s', silent)
    const older = expect(bus.request('s', {}, 500)).rejects.toThrow(NoReply)
    bus.serve('s', silent)
    await older
    await bus.close()
    await expect(bus.request('s', {}, 500)).rejects.toThrow(NoResponder)
  })
})
