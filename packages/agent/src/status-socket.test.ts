import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../../../test/support/time.ts'
import type { ConnectionState } from './connection.ts'
import { askStatus, NotRunning, type StatusOptions, serveStatus } from './status-socket.ts'

let folder: string
let server: Awaited<ReturnType<typeof serveStatus>> | undefined
beforeEach(async () => {
  // Longer than the name of a socket may be.
  folder = await mkdtemp(join(tmpdir(), `opensag-status-${'x'.repeat(120)}`))
})
afterEach(async () => {
  await server?.close()
  server = undefined
  await rm(folder, { recursive: true })
})

const network = {
  tunnels: [{ pop: 'pop1', isUp: true, since: 5 }],
  learnt: ['10.8.0.0/24'],
  traffic: { received: 7, sent: 8 },
  routes: [{ to: 'default (unreachable)', via: null, dev: null }],
  leases: [{ address: '10.1.0.11', mac: '02:00:00:00:00:01', name: null, until: null }],
}

type Status = ReturnType<StatusOptions['gateway']['desiredConfig']['status']>

async function serve(connection: ConnectionState, status?: Status, read?: StatusOptions['network']): Promise<void> {
  const inForce = { instanceId: 'sag-1', revision: 4, config: {} as never }
  server = await serveStatus({
    folder,
    gateway: {
      serial: 'sag1',
      connection: () => connection,
      desiredConfig: { inForce: () => (status === undefined ? undefined : inForce), status: () => status ?? {} },
      locked: () => true,
    },
    network: read,
  })
}

const applied = { instanceId: 'sag-1', revision: 4 }

test('an agent that carries packets tells all of it, to its owner alone', async () => {
  await serve({ is: 'waiting', reason: 'The server is away.' }, { applied }, async () => network)
  expect(await askStatus(folder)).toEqual({
    serial: 'sag1',
    connection: { is: 'waiting', reason: 'The server is away.' },
    configuration: { instanceId: 'sag-1', revision: 4, state: 'confirmed' },
    locked: true,
    network,
  })
  expect((await stat(join(folder, 'status.sock'))).mode & 0o777).toBe(0o600)
})

test.each([
  [undefined, null],
  [{ applied, trial: 3 }, 'on trial'],
  [{ applied, failing: true }, 'not in force'],
] as const)('a configuration with the status %o is told as %s', async (status, state) => {
  await serve({ is: 'online' }, status)
  const { configuration, network: none } = await askStatus(folder)
  expect(configuration?.state ?? null).toBe(state)
  expect(none).toBeNull()
})

test('a state that cannot be read is said so', async () => {
  await serve({ is: 'online' }, undefined, () => Promise.reject(new Error('ip ended with 1')))
  await expect(askStatus(folder)).rejects.toThrow('cannot read its own state: ip ended with 1')
})

test('without a folder, without an agent, and after one that was stopped, none runs', async () => {
  await expect(askStatus(join(folder, 'none'))).rejects.toThrow(NotRunning)
  await expect(askStatus(folder)).rejects.toThrow(NotRunning)
  await serve({ is: 'online' })
  await server?.close()
  server = undefined
  await expect(askStatus(folder)).rejects.toThrow(NotRunning)
})

test('what an agent that was killed has left is in nobody’s way', async () => {
  await writeFile(join(folder, 'status.sock'), '')
  await serve({ is: 'online' })
  expect(await askStatus(folder)).toMatchObject({ connection: { is: 'online' } })
})

test('questions whose answer never comes keep the end waiting no longer', async () => {
  let reads = 0
  await serve({ is: 'online' }, undefined, () => {
    reads += 1
    return new Promise(() => {})
  })
  const asked = askStatus(folder).catch((error: Error) => error)
  await until('it is asked', () => reads === 1)
  await server?.close()
  server = undefined
  expect(await asked).toBeInstanceOf(Error)
})
