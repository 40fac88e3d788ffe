import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { RunningServer } from '../../packages/server/src/server-options.ts'
import { startServer } from '../../packages/server/src/start.ts'
import type { Credentials } from '../support/sandbox.ts'
import { type Answered, send, signedBody } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'

const minute = 60_000
const began = Date.UTC(2026, 10, 28, 12)
let folder: string
let server: RunningServer
let key: Credentials

beforeEach(async () => {
  // The sweep of nonces is the only thing here that comes by an interval.
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: began })
  folder = await mkdtemp(join(tmpdir(), 'opensag-clock-'))
  server = await start()
  const first = server.firstCredentials
  if (first === undefined) throw new Error('There is no account.')
  key = {
    endpoint: server.url,
    regionId: first.regionId,
    accountId: first.accountId,
    accessKeyId: first.accessKeyId,
    accessKeySecret: first.accessKeySecret.reveal(),
  }
})
afterEach(async () => {
  await server.close()
  vi.useRealTimers()
  await rm(folder, { recursive: true })
})

function start(): Promise<RunningServer> {
  const options = { data: folder, host: '127.0.0.1', port: 0, regionId: 'cn-shanghai', heartbeatMs: 15_000 }
  return startServer({ ...options, logger: pino({ level: 'silent' }) })
}

function call(body: string): Promise<Answered> {
  return send(server.url, body)
}

async function codeOf(body: string): Promise<unknown> {
  const { status, body: answer } = await call(body)
  return status === 200 ? 200 : answer['Code']
}

const signed = (): string => signedBody(key, 'DescribeRegions', {})

/** The clock says something else from now on, and the sweep comes by it. */
async function sweepAt(time: number): Promise<void> {
  vi.setSystemTime(time)
  vi.advanceTimersByTime(minute)
  vi.setSystemTime(time)
  // A call is behind what the sweep does.
  await until('the sweep is done', async () => (await codeOf(signed())) === 200)
}

test(
  'what was sent before the clock ran ahead for a while is not accepted again when the clock is right',
  async () => {
    const captured = signed()
    expect(await codeOf(captured)).toBe(200)
    expect(await codeOf(captured)).toBe('SignatureNonceUsed')

    await sweepAt(began + 60 * minute)
    vi.setSystemTime(began + minute)
    expect(['SignatureNonceUsed', 'InvalidTimeStamp.Expired']).toContain(await codeOf(captured))
    // Who signs now is served: the clock was ahead for a minute, and that is over.
    vi.setSystemTime(began + 5 * minute)
    expect(await codeOf(signed())).toBe(200)
    expect(['SignatureNonceUsed', 'InvalidTimeStamp.Expired']).toContain(await codeOf(captured))

    await server.close()
    server = await start()
    expect(await codeOf(captured)).toBe('InvalidTimeStamp.Expired')
    expect(await codeOf(signed())).toBe(200)
  },
  limit(60_000),
)

test(
  'a start with a clock that is ahead forgets nothing that is accepted again when it is right',
  async () => {
    const captured = signed()
    expect(await codeOf(captured)).toBe(200)
    await server.close()
    vi.setSystemTime(began + 60 * minute)
    server = await start()
    vi.setSystemTime(began + 2 * minute)
    expect(await codeOf(captured)).toBe('InvalidTimeStamp.Expired')
    await server.close()
    server = await start()
    expect(await codeOf(captured)).toBe('InvalidTimeStamp.Expired')
  },
  limit(60_000),
)

test(
  'a clock that is set back forgets nothing: what was sent an hour ago is refused',
  async () => {
    const captured = signed()
    expect(await codeOf(captured)).toBe(200)
    for (let passed = 1; passed <= 60; passed += 10) await sweepAt(began + passed * minute)
    await sweepAt(began + 61 * minute)
    vi.setSystemTime(began + minute)
    expect(await codeOf(captured)).toBe('InvalidTimeStamp.Expired')
  },
  limit(60_000),
)
