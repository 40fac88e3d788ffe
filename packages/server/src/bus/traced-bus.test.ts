import { expect, test } from 'vitest'
import { word } from '../tracing/known.ts'
import { recording } from '../tracing/recording.suite.ts'
import { createInProcessBus } from './in-process.ts'
import { tracedBus } from './traced-bus.ts'

function world() {
  const recorded = recording()
  const plain = createInProcessBus()
  const bus = tracedBus(plain, recorded.tracing, new Set(['restart']))
  const heard: unknown[] = []
  bus.serve('s', async (message) => {
    heard.push(message)
    return recorded.tracing.isWithin() ? { answer: 'within' } : { answer: 'outside' }
  })
  const call = <T>(work: () => Promise<T>): Promise<T> =>
    recorded.tracing.span({ name: word('call'), kind: 'server' }, work)
  return { recorded, plain, bus, heard, call }
}

test('what the holder does is inside of what a call asked, and the handler is asked what it always was', async () => {
  const { recorded, bus, heard, call } = world()
  expect(await call(() => bus.request('s', { kind: 'restart' }, 1000))).toEqual({ answer: 'within' })
  expect(recorded.paths()).toEqual(['call', 'call > bus restart', 'call > bus restart > holder restart'])
  expect(recorded.spans.map(({ kind }) => kind)).toEqual(['server', 'client', 'server'])
  expect(heard).toEqual([{ kind: 'restart' }])
})

test('a kind that is not in the sources is not repeated', async () => {
  const { recorded, bus, call } = world()
  await call(() => bus.request('s', { kind: 'what-someone-sent' }, 1000))
  expect(recorded.paths().at(-1)).toBe('call > bus request > holder request')
})

test('without a call there are no spans', async () => {
  const { recorded, bus } = world()
  expect(await bus.request('s', { kind: 'restart' }, 1000)).toEqual({ answer: 'outside' })
  expect(recorded.spans).toEqual([])
})

test('a node that makes no traces passes none on, and is answered', async () => {
  const { recorded, plain, heard } = world()
  expect(await plain.request('s', { kind: 'restart', traceparent: 7 }, 1000)).toEqual({ answer: 'outside' })
  expect(recorded.spans).toEqual([])
  expect(heard).toHaveLength(1)
})

test('a request that nobody answers is an error of its span', async () => {
  const { recorded, bus, call } = world()
  await expect(call(() => bus.request('nobody', { kind: 'restart' }, 1000))).rejects.toThrow('No connection')
  expect(recorded.spans.find(({ name }) => name === 'bus restart')?.error).toBe('NoResponder')
})
