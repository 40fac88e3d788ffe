import fastify from 'fastify'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { postgresTypes } from '../store/migrations/column-types.ts'
import { steps } from '../store/migrations/index.ts'
import { openHealth } from './health.ts'

const rows = Object.keys(steps(postgresTypes)).map((name) => ({ name }))

async function served(state: { started: boolean; connected: boolean; free: number; database: boolean }) {
  const health = await openHealth({
    folder: '/',
    diskFloor: 100,
    freeBytes: async () => state.free,
    logger: pino({ level: 'silent' }),
  })
  const app = fastify()
  onTestFinished(async () => {
    await app.close()
    await health.close()
  })
  const read = async (): Promise<unknown> => {
    if (!state.database) throw new Error('gone')
    return { rows }
  }
  health.pages({
    isStarted: () => state.started,
    sandbox: false,
    store: { read } as never,
    bus: { isConnected: () => state.connected },
  })(app)
  async function page(url: string): Promise<readonly unknown[]> {
    const { statusCode, body, headers } = await app.inject({ url })
    return [statusCode, JSON.parse(body), headers['cache-control']]
  }
  return { health, page }
}

const well = { started: true, connected: true, free: 1000, database: true }

test('a server that can do what calls ask of it is ready', async () => {
  const { page } = await served(well)
  expect(await page('/readyz')).toEqual([200, { status: 'ready' }, 'no-store'])
  expect(await page('/livez')).toEqual([200, { status: 'alive' }, 'no-store'])
})

test.each([
  ['starting', { started: false }],
  ['disk', { free: 99 }],
  ['bus', { connected: false }],
  ['store', { database: false }],
])('one that is not ready for %s says so, and is alive', async (reason, more) => {
  const { page } = await served({ ...well, ...more })
  expect(await page('/readyz')).toEqual([503, { status: 'not ready', because: [reason] }, 'no-store'])
  expect(await page('/livez')).toEqual([200, { status: 'alive' }, 'no-store'])
})

test('all reasons are named, and what is looked up in memory is of the moment', async () => {
  const state = { ...well }
  const { page, health } = await served(state)
  const status = async (url: string) => (await page(url)).slice(0, 2)
  expect(await status('/readyz')).toEqual([200, { status: 'ready' }])
  state.connected = false
  expect(await status('/readyz')).toEqual([503, { status: 'not ready', because: ['bus'] }])
  state.started = false
  health.drain()
  expect(await status('/readyz')).toEqual([503, { status: 'not ready', because: ['starting', 'draining', 'bus'] }])
  expect(await status('/healthz')).toEqual([503, { status: 'starting' }])
})
