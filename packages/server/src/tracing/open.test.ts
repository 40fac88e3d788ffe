import { createManualTime, type ManualTime, type Timers } from '@opensag/protocol'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Collector, startCollector } from '../../../../test/support/collector.ts'
import { until } from '../../../../test/support/time.ts'
import { Refusal } from '../declare/errors.ts'
import { word } from './known.ts'
import { openTracing } from './open.ts'
import { tracingAsked } from './settings.ts'
import type { OpenedTracing, SpanStart } from './tracing.ts'

let collector: Collector
let time: ManualTime
let lines: string[]
/** Milliseconds that the program asked to be woken after. */
let waits: number[]
const opened: OpenedTracing[] = []
const call = { name: word('call'), kind: 'server' } as const
const inner = { name: word('inner'), kind: 'client' } as const
const traceId = '0af7651916cd43dd8448eb211c80319c'
const carrier = (flags: string) => ({ traceparent: `00-${traceId}-b7ad6b7169203331-${flags}` })

beforeEach(async () => {
  collector = await startCollector()
  time = createManualTime()
  lines = []
  waits = []
})
afterEach(async () => {
  for (const one of opened.splice(0)) {
    const closed = one.close()
    time.advance(60_000)
    await closed
  }
  await collector.close()
})

/** By default each batch is sent as soon as it is full, with one span. */
function open(environment: Readonly<Record<string, string>> = {}): OpenedTracing {
  const { settings, problems } = tracingAsked({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '1',
    ...environment,
  })
  if (settings === undefined) throw new Error(problems.join(' '))
  const timers: Timers = {
    now: time.timers.now,
    after(ms, run) {
      waits.push(ms)
      return time.timers.after(ms, run)
    },
  }
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
  const one = openTracing(settings, { nodeId: 'the-node', logger, timers })
  opened.push(one)
  return one
}

const messages = (): readonly string[] => lines.map((line) => (JSON.parse(line) as { msg: string }).msg)
const came = (count: number) => until(`${count} spans`, () => collector.spans().length >= count)

async function oneSpan({ tracing }: OpenedTracing, start: SpanStart = call): Promise<void> {
  await tracing.span(start, async () => {})
}

test.each(['http/protobuf', 'http/json'])('spans inside of one another come as such, by %s', async (protocol) => {
  const { tracing } = open({ OTEL_EXPORTER_OTLP_PROTOCOL: protocol, OTEL_EXPORTER_OTLP_HEADERS: 'x-key=of%20mine' })
  await tracing.span(call, async (span) => {
    span.rename(word('renamed'))
    span.add({ 'http.response.status_code': 200 })
    await tracing.span(inner, async () => {
      await new Promise(setImmediate)
      tracing.begin({ name: word('told'), kind: 'internal' }).end()
    })
  })
  await came(3)
  const spans = collector.spans()
  expect(spans.map(collector.path).sort()).toEqual(['renamed', 'renamed > inner', 'renamed > inner > told'])
  expect(new Set(spans.map((span) => span.traceId)).size).toBe(1)
  const root = spans.find(({ name }) => name === 'renamed')
  expect(root).toMatchObject({ kind: 2, parentSpanId: '', facts: { 'http.response.status_code': 200 } })
  expect(root?.resource).toMatchObject({ 'service.name': 'opensag', 'service.instance.id': 'the-node' })
  const [{ path, headers }] = collector.received as [(typeof collector.received)[0]]
  expect(path).toBe('/v1/traces')
  expect(headers).toMatchObject({ 'x-key': 'of mine' })
})

test('a batch is compressed where that is asked for', async () => {
  await oneSpan(open({ OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' }))
  await came(1)
  expect(collector.received[0]?.headers['content-encoding']).toBe('gzip')
})

test('calls at the same time are not mixed up', async () => {
  const { tracing } = open()
  await Promise.all(
    Array.from({ length: 10 }, () => tracing.span(call, () => tracing.span(inner, () => new Promise(setImmediate)))),
  )
  await came(20)
  expect(new Set(collector.spans().map((span) => span.traceId)).size).toBe(10)
  expect(collector.spans().filter((span) => collector.path(span) === 'call > inner')).toHaveLength(10)
})

test('work that goes on elsewhere goes on in its span, and outside of one in none', async () => {
  const { tracing } = open()
  const nowhere = tracing.here()
  let goOn = (): void => {}
  const over = new Promise<void>((resolve) => {
    goOn = resolve
  })
  let place = nowhere
  const called = tracing.span(call, () => {
    place = tracing.here()
    return over
  })
  await place(() => tracing.span(inner, async () => expect(nowhere(tracing.isWithin)).toBe(false)))
  expect(tracing.isWithin()).toBe(false)
  goOn()
  await called
  await came(2)
  expect(collector.spans().map(collector.path)).toContain('call > inner')
})

test('what a call has begun and does not wait for is no part of it once it is answered', async () => {
  const one = open()
  const { tracing } = one
  let later: Promise<readonly unknown[]> = Promise.resolve([])
  await tracing.span(call, async () => {
    expect(tracing.isWithin()).toBe(true)
    later = new Promise(setImmediate).then(async () => {
      await oneSpan(one, inner)
      return [tracing.isWithin(), tracing.carrier()]
    })
  })
  expect(await later).toEqual([false, undefined])
  await came(2)
  expect(collector.spans().map(collector.path).sort()).toEqual(['call', 'inner'])
})

test('the span of another node is the parent, also where one of the caller is not taken', async () => {
  const here = open({ OTEL_PROPAGATORS: 'none' })
  const sent = await here.tracing.span(call, async () => here.tracing.carrier())
  await oneSpan(open({ OTEL_PROPAGATORS: 'none' }), { ...inner, parent: sent })
  await came(2)
  expect(collector.spans().map(collector.path)).toContain('call > inner')
  expect(here.tracing.carrier()).toBeUndefined()
})

test.each([
  ['tracecontext', carrier('01'), true],
  ['none', carrier('01'), false],
  ['tracecontext', { traceparent: `00-${traceId}-b7ad6b7169203331` }, false],
  ['tracecontext', { traceparent: '' }, false],
  ['tracecontext', { traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` }, false],
])('with the propagator %s and the caller %j its trace goes on: %s', async (OTEL_PROPAGATORS, caller, goesOn) => {
  await oneSpan(open({ OTEL_PROPAGATORS }), { ...call, caller })
  await came(1)
  const [span] = collector.spans()
  expect(span?.traceId === traceId).toBe(goesOn)
  expect(span?.parentSpanId).toBe(goesOn ? 'b7ad6b7169203331' : '')
})

test.each([
  ['parentbased_always_on', '00', false],
  ['parentbased_always_off', '01', true],
  ['parentbased_always_off', undefined, false],
  ['always_on', '00', true],
  ['traceidratio', undefined, false],
] as const)('the sampler %s, asked by a caller with %s, takes the span: %s', async (sampler, flags, taken) => {
  const one = open({ OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: '0' })
  await oneSpan(one, { ...call, caller: flags && carrier(flags) })
  await one.close()
  expect(collector.spans()).toHaveLength(taken ? 1 : 0)
})

test('an error says what it is and not what it tells; a refusal is none of what was asked', async () => {
  const { tracing } = open()
  const failing = (start: SpanStart, error: Error) =>
    tracing.span(start, () => Promise.reject(error)).catch((thrown: unknown) => expect(thrown).toBe(error))
  await failing(inner, new RangeError('a secret'))
  await failing(call, new Refusal(400, 'InvalidParameter', 'a secret'))
  await failing({ ...inner, name: word('store') }, new Refusal(400, 'InvalidParameter', 'a secret'))
  await came(3)
  const said = collector.spans().map(({ name, status, facts }) => [name, status.code, facts['error.type']])
  expect(said).toEqual([
    ['inner', 2, 'RangeError'],
    ['call', 2, 'InvalidParameter'],
    ['store', 0, undefined],
  ])
  expect(collector.received.some(({ bytes }) => bytes.includes('a secret'))).toBe(false)
  expect(collector.spans().every(({ events }) => events === 0)).toBe(true)
})

test('a collector that takes nothing is told of once, and once when it takes traces again', async () => {
  collector.answers(400)
  const one = open()
  for (let sent = 1; sent <= 4; sent++) {
    await oneSpan(one)
    await until('it was sent', () => collector.received.length === sent)
  }
  await until('it is told', () => messages().length > 0)
  collector.answers(200)
  await oneSpan(one)
  await until('it is told', () => messages().length > 1)
  expect(messages()).toEqual([
    'the collector does not take traces: they are dropped until it does',
    'the collector takes traces again',
  ])
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ collector: collector.url, problem: 'it answered 400' })
})

test.each([
  ['as often as it may', '10000', 3],
  ['as long as a batch may take', '1500', 2],
])('a collector that is busy is asked again, %s', async (_what, timeout, attempts) => {
  collector.answers(503)
  const one = open({ OTEL_EXPORTER_OTLP_TIMEOUT: timeout })
  await oneSpan(one)
  for (let attempt = 1; attempt < attempts; attempt++) {
    await until(`it waits after attempt ${attempt}`, () => waits.at(-1) === 1000 * attempt)
    time.advance(1000 * attempt - 1)
    expect(collector.received).toHaveLength(attempt)
    time.advance(1)
  }
  await until('it gives up', () => messages().length > 0)
  expect(messages()).toEqual(['the collector does not take traces: they are dropped until it does'])
  expect(collector.received).toHaveLength(attempts)
})

test('while the collector answers nothing, spans beyond the queue are dropped', async () => {
  collector.answers('never')
  const one = open({ OTEL_BSP_MAX_QUEUE_SIZE: '5', OTEL_EXPORTER_OTLP_TIMEOUT: '1000' })
  await oneSpan(one)
  await until('the first is sent', () => collector.received.length === 1)
  for (let made = 0; made < 100; made++) await oneSpan(one)
  collector.answers(200)
  time.advance(1000)
  await until('those that waited are sent', () => collector.received.length >= 6)
  await oneSpan(one, inner)
  await until('the last is sent', () => collector.spans().some(({ name }) => name === 'inner'))
  expect(collector.spans()).toHaveLength(7)
})

test('closing sends what is waiting, and waits for no collector beyond its bound', async () => {
  const quick = open({ OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '100' })
  await oneSpan(quick)
  expect(collector.received).toEqual([])
  await quick.close()
  expect(collector.spans()).toHaveLength(1)

  collector.answers('never')
  const slow = open({ OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '100', OTEL_EXPORTER_OTLP_TIMEOUT: '600000' })
  await oneSpan(slow)
  let isClosed = false
  const closed = slow.close().then(() => {
    isClosed = true
  })
  await until('it is sent', () => collector.received.length === 2)
  time.advance(1900)
  await new Promise(setImmediate)
  expect(isClosed).toBe(false)
  time.advance(200)
  await closed
  expect(messages()).toEqual(['the collector did not take the last traces in time: they are dropped'])
})
