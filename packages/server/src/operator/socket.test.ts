import { once } from 'node:events'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { systemTimers } from '@opensag/protocol'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { AuditEntry } from '../store/audit/audit.ts'
import { OutcomeUnknown, StoreUnavailable } from '../store/errors.ts'
import { command, type OperatorContext, OperatorMistake, OperatorRefusal } from './command.ts'
import { serveOperator } from './socket.ts'

const logger = pino({ level: 'silent' })
const input = z.strictObject({ serial: z.string().optional() })
const commands = [
  command({ name: 'device list', about: '', input, run: async () => [{ serial: 'sag1' }] }),
  command({ name: 'device power', about: '', input, positional: ['serial'], run: async () => ({}) }),
  command({ name: 'clock advance', about: '', input, sandboxOnly: true, run: async () => ({}) }),
  command({ name: 'order ask', about: '', input, run: () => Promise.reject(new OperatorMistake('Give --days.')) }),
  command({ name: 'order pay', about: '', input, run: () => Promise.reject(new OperatorRefusal('It is paid.')) }),
  command({ name: 'order pack', about: '', input, run: () => Promise.reject(new StoreUnavailable(7)) }),
  command({ name: 'order ship', about: '', input, run: () => Promise.reject(new Error('a secret')) }),
]

let folder: string
let path: string
let recorded: AuditEntry[]
let trailFails: Error | undefined
let server: { close(): Promise<void> }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-operator-'))
  path = join(folder, 'operator.sock')
  recorded = []
  trailFails = undefined
  server = await serve()
})
afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

function serve(): ReturnType<typeof serveOperator> {
  const store = {
    async record(entry: AuditEntry) {
      if (trailFails !== undefined) throw trailFails
      recorded.push(entry)
    },
  }
  const context = { store, wallClock: () => 7, simulation: undefined } as unknown as OperatorContext
  return serveOperator(path, commands, context, logger, { timers: systemTimers, graceMs: 2000 })
}

async function ask(name: string, body: object = {}): Promise<{ readonly status: number; readonly body: unknown }> {
  const headers = { 'content-type': 'application/json' }
  const asked = request({ socketPath: path, path: `/${name.replace(' ', '/')}`, method: 'POST', headers })
  asked.end(JSON.stringify(body))
  const [response] = await once(asked, 'response')
  return { status: response.statusCode, body: JSON.parse(await text(response)) }
}

test('nobody but the owner of the data folder can open it', async () => {
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

test('somebody who connects and asks nothing does not keep it open', async () => {
  const silent = connect(path)
  await once(silent, 'connect')
  const ended = once(silent, 'close')
  await server.close()
  await ended
})

test('a command is answered with what it results in', async () => {
  expect(await ask('device list')).toEqual({ status: 200, body: [{ serial: 'sag1' }] })
})

test('what changes something is recorded, with what it named; a look is not', async () => {
  await ask('device list')
  await ask('device power', { serial: 'sag1' })
  expect(recorded).toMatchObject([
    { at: 7, principal: 'operator', source: 'operator.sock', action: 'device power', resources: ['sag1'] },
  ])
})

test('what is asked for wrongly is told apart from what the state does not allow', async () => {
  expect(await ask('order ask')).toEqual({ status: 400, body: { error: 'Give --days.' } })
  expect(await ask('order pay')).toEqual({ status: 409, body: { error: 'It is paid.' } })
})

test('a command of a sandbox is refused by any other server, and is not recorded', async () => {
  expect(await ask('clock advance')).toMatchObject({ status: 409 })
  expect(recorded).toEqual([])
})

test('input that is not what the command takes is refused', async () => {
  expect(await ask('device power', { other: 1 })).toMatchObject({ status: 400 })
})

test('a refusal is told, a fault is not', async () => {
  expect(await ask('order pay')).toEqual({ status: 409, body: { error: 'It is paid.' } })
  const { status, body } = await ask('order ship')
  expect(status).toBe(500)
  expect(JSON.stringify(body)).not.toContain('secret')
})

test('a database that does not answer is told as that, and what to do', async () => {
  const { status, body } = await ask('order pack')
  expect(status).toBe(503)
  expect(body).toMatchObject({ error: expect.stringContaining('Look (list, show) before you repeat it.') })
})

test.each([new StoreUnavailable(7), new OutcomeUnknown(7), new Error('a secret')])(
  'what was done and could not be recorded is not told as failed: %s',
  async (error) => {
    trailFails = error
    const { status, body } = await ask('device power', { serial: 'sag1' })
    expect(status).toBe(500)
    expect(body).toMatchObject({ error: expect.stringContaining('"device power" was done, but the audit trail') })
  },
)

test('a socket that answers is not taken from the server behind it', async () => {
  await expect(serve()).rejects.toThrow('Another server answers')
  expect(await ask('device list')).toMatchObject({ status: 200 })
})

test('what a server that was killed left behind is replaced', async () => {
  await server.close()
  await writeFile(path, '')
  server = await serve()
  expect(await ask('device list')).toMatchObject({ status: 200 })
})
