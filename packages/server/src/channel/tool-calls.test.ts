import { createManualTime, type FromServer, type ToolAnswer } from '@opensag/protocol'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createInProcessBus } from '../bus/in-process.ts'
import { createAskedGateway } from './asked-gateway.ts'
import { toHolderSchema } from './bus-messages.ts'
import { createGatewayCommands } from './gateway-commands.ts'
import { createToolCalls } from './tool-calls.ts'

const request = { tool: 'log' } as const
const empty: ToolAnswer = { is: 'done', result: { tool: 'log', log: [] } }
const call = (commandId: string, timeoutMs = 1_000) => ({ commandId, request, timeoutMs })

function gateway() {
  const time = createManualTime()
  const sent: FromServer[] = []
  const calls = createToolCalls({ ...time, send: (message) => void sent.push(message) })
  return { time, sent, calls }
}

test('a gateway is asked one tool at a time, and only the answer to that one counts', async () => {
  const { sent, calls } = gateway()
  const first = calls.ask(call('a'))
  expect(await calls.ask(call('b'))).toEqual({ is: 'busy' })
  calls.answered('b', { is: 'busy' })
  calls.answered('a', empty)
  expect(await first).toEqual(empty)
  expect(sent).toEqual([{ kind: 'tool', id: 'a', request, withinMs: 500 }])
  calls.answered('a', empty)
})

test('when no answer comes nobody knows what became of it, and the next may be asked', async () => {
  const { time, calls } = gateway()
  const late = calls.ask(call('a'))
  await time.advance(1_000)
  expect(await late).toBeUndefined()
  const next = calls.ask(call('b'))
  calls.answered('a', { is: 'busy' })
  calls.answered('b', empty)
  expect(await next).toEqual(empty)
  expect(time.pending()).toBe(0)
})

test('the same when its connection ends, and afterwards it is not asked', async () => {
  const { time, sent, calls } = gateway()
  const asked = calls.ask(call('a'))
  calls.end()
  expect(await asked).toBeUndefined()
  expect(await calls.ask(call('b'))).toBeUndefined()
  expect([sent.length, time.pending()]).toEqual([1, 0])
})

test('after ten at once it is busy for a while', async () => {
  const { time, calls } = gateway()
  const ask = async (id: string) => {
    const asked = calls.ask(call(id))
    calls.answered(id, empty)
    return (await asked)?.is
  }
  for (let n = 0; n < 10; n++) expect(await ask(`t${n}`)).toBe('done')
  expect(await ask('more')).toBe('busy')
  await time.advance(2_000)
  expect(await ask('again')).toBe('done')
})

/** A node that asks, and one that holds the gateway. */
function nodes(hasTools = true) {
  const time = createManualTime()
  const bus = createInProcessBus({ timers: time.timers })
  const sent: FromServer[] = []
  const gateway = createAskedGateway({
    context: { ...time, tracing: undefined, logger: pino({ level: 'silent' }) },
    ...{ serial: 'sag1', hasTools, send: (message) => void sent.push(message), recordRestart: async () => {} },
  })
  const serve = () =>
    bus.serve('sag1', async (message) => {
      const asked = toHolderSchema.parse(message)
      if (asked.kind !== 'tool') throw new Error('It was asked for something else.')
      return gateway.ask(asked)
    })
  const { tool } = createGatewayCommands({ bus, timers: time.timers, random: (bytes) => Buffer.alloc(bytes, 1) })
  const ask = (spentMs = 0) => tool({ serial: 'sag1', began: time.timers.now() - spentMs }, request)
  return { time, sent, gateway, serve, ask }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

test('offline is said only where no node holds the gateway', async () => {
  const { time, sent, gateway, serve, ask } = nodes()
  expect(await ask()).toBe('offline')
  const leave = serve()
  const answered = ask()
  await settled()
  const [message] = sent
  if (message?.kind !== 'tool') throw new Error('It was not asked.')
  // 8 s for the answer, an eighth of them for each of the two ways back.
  expect(message.withinMs).toBe(5_000)
  await gateway.answered({ kind: 'tool-answer', id: message.id, answer: empty })
  expect(await answered).toEqual(empty)

  const silent = ask()
  await settled()
  await time.advance(7_000)
  expect(await silent).toBe('unknown')
  const cut = ask()
  await settled()
  leave()
  expect(await cut).toBe('unknown')
})

test('a call that has spent its time before is not sent', async () => {
  const { sent, serve, ask } = nodes()
  serve()
  expect(await ask(8_000)).toBe('unknown')
  expect(sent).toEqual([])
})

test('a gateway whose program does not know the message is not sent it: it would end its connection', async () => {
  const { sent, serve, ask } = nodes(false)
  serve()
  expect(await ask()).toBe('too old')
  expect(sent).toEqual([])
})
