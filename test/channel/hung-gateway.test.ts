import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../support/time.ts'
import { rawReport, startRawGateway } from './raw-gateway.ts'
import { createSite, enrolmentKey, type Site, startServer, type TestServer } from './site.ts'

let site: Site
beforeEach(async () => {
  site = await createSite()
})
afterEach(() => site.close())

const serial = 'sag00001'
/** Another one than the default, so that nothing can be right by accident. */
const answerMs = 16_000
/** What is kept for recording the call and sending its answer. */
const finishMs = 2000

interface Hung {
  readonly server: TestServer
  /** Messages of that kind the gateway was sent. */
  sent(kind: string): number
}

/** A gateway that is connected and answers nothing any more. */
async function hung(): Promise<Hung> {
  const server = await startServer(site, { answerMs, settings: { heartbeatMs: 600_000 } })
  await server.add(serial)
  const gateway = await startRawGateway(server.url, { serial, enrolmentKey })
  site.later(async () => gateway.socket.terminate())
  return { server, sent: (is) => gateway.received.filter(({ kind }) => kind === is).length }
}

/** What a call was answered, and how much of the server's own time had passed by then. */
interface Answered<T> {
  readonly outcome: T
  readonly afterMs: number
}

function timed<T>(server: TestServer, began: number, answer: Promise<T>): Promise<Answered<T>> {
  return answer.then((outcome) => ({ outcome, afterMs: server.time.timers.now() - began }))
}

/** Lets time pass in small steps, each with the work that it causes, until all of them are answered: for a minute at most. */
async function passUntil<T>(server: TestServer, answers: readonly Promise<T>[]): Promise<readonly T[]> {
  const stepMs = 25
  let over = false
  const all = Promise.all(answers).finally(() => {
    over = true
  })
  for (let passedMs = 0; !over; passedMs += stepMs) {
    if (passedMs > 60_000) throw new Error('Not all were answered within a minute of the server’s time.')
    server.time.advance(stepMs)
    // A write and a read come after whatever this step had the store do.
    await server.store.write(async () => {})
    await server.journal()
  }
  return all
}

test('a change of a hung gateway: unreachable within the limit, and off line', async () => {
  const { server, sent } = await hung()
  const began = server.time.timers.now()
  const answer = timed(server, began, server.change(serial, 'Second_0002'))
  await until('the gateway is told', () => sent('set') === 1)
  const [answered] = await passUntil(server, [answer])
  expect(answered?.outcome).toBe('unreachable')
  expect(answered?.afterMs).toBeLessThanOrEqual(answerMs - finishMs)
  // A slow gateway has most of the time, all the same.
  expect(answered?.afterMs).toBeGreaterThan(answerMs / 2)
  expect((await server.device(serial)).connected).toBe(false)
  expect(await server.journal()).toEqual(['failed'])
})

test('two changes of a hung gateway at once: both answered within the limit, waiting for the turn included', async () => {
  const { server, sent } = await hung()
  const began = server.time.timers.now()
  const first = timed(server, began, server.change(serial, 'Second_0002'))
  await until('the gateway is told', () => sent('set') === 1)
  const timersBefore = server.time.pending()
  const second = timed(server, began, server.change(serial, 'Third_00003', began))
  await until('the second waits for its turn', () => server.time.pending() > timersBefore)
  const answered = await passUntil(server, [first, second])
  expect(answered.map(({ outcome }) => outcome)).toEqual(['unreachable', 'busy'])
  for (const { afterMs } of answered) expect(afterMs).toBeLessThanOrEqual(answerMs - finishMs)
  expect(sent('set')).toBe(1)
})

test('a change that gets its turn late has what is left, and is answered within the limit', async () => {
  const { server, sent } = await hung()
  // Takes the turn and never uses it, so that it lapses when it may.
  const kept = { kind: 'reserve-password-change', changeId: 'kept', timeoutMs: 1, leaseMs: 5000 }
  await server.bus.request(serial, kept, 60_000)
  const began = server.time.timers.now()
  const answer = timed(server, began, server.change(serial, 'Second_0002'))
  const [answered] = await passUntil(server, [answer])
  expect(sent('set')).toBe(1)
  expect(answered?.outcome).toBe('unreachable')
  expect(answered?.afterMs).toBeLessThanOrEqual(answerMs - finishMs)
})

test('a turn that is kept for another call: it lapses while that one could still be waited for', async () => {
  const { server } = await hung()
  const wait = { kind: 'reserve-password-change', timeoutMs: 6000 }
  await server.bus.request(serial, { ...wait, changeId: 'first', leaseMs: 4000 }, 60_000)
  // It waits for 4 s of its 5, so that its turn lapses a second after it has it.
  const second = server.bus.request(serial, { ...wait, changeId: 'second', leaseMs: 5000 }, 60_000)
  const third = server.bus.request(serial, { ...wait, changeId: 'third', leaseMs: 9000 }, 60_000)
  server.time.advance(4000)
  expect(await second).toMatchObject({ turn: 2 })
  server.time.advance(1000)
  expect(await third).toMatchObject({ turn: 3 })
})

test('a call that has spent too much before it comes to the gateway: busy, and the gateway is told nothing', async () => {
  const { server, sent } = await hung()
  const began = server.time.timers.now() - answerMs
  expect(await server.change(serial, 'Second_0002', began)).toBe('busy')
  expect(await server.journal()).toEqual([])
  expect(sent('set')).toBe(0)
})

test('a store so slow that too little is left for the proof: busy, journalled as failed, the gateway is told nothing', async () => {
  const { server, sent } = await hung()
  const began = server.time.timers.now()
  let passed: (() => void) | undefined
  const blocked = server.store.write(
    () =>
      new Promise<void>((resolve) => {
        passed = resolve
      }),
  )
  const answer = server.change(serial, 'Second_0002', began)
  // The turn is given at once, and its entry waits behind the unit of work above.
  await until('it has its turn', () => server.time.pending() > 0 && passed !== undefined)
  await new Promise<void>((resolve) => setImmediate(resolve))
  server.time.advance(answerMs / 2 + 1)
  passed?.()
  await blocked
  expect(await answer).toBe('busy')
  expect(sent('set')).toBe(0)
  expect((await server.device(serial)).connected).toBe(true)
})

test.each(['reboot', 'upgrade'] as const)(
  'a hung gateway that is to %s: unreachable within the limit',
  async (command) => {
    const { server, sent } = await hung()
    const began = server.time.timers.now()
    const answer = timed(server, began, server.commands[command](serial, rawReport.version))
    await until('the gateway is told', () => sent(command) === 1)
    const [answered] = await passUntil(server, [answer])
    expect(answered?.outcome).toBe('unreachable')
    expect(answered?.afterMs).toBeLessThanOrEqual(answerMs - finishMs)
  },
)
