import { createManualTime, type ManualTime } from '@opensag/protocol'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMemoryDisk, type Disk } from '../../packages/agent/src/disk.ts'
import { type Gateway, startGateway } from '../../packages/agent/src/gateway.ts'
import { until } from '../support/time.ts'
import { bindWithLock, unlock } from './locking.ts'
import { rawReport, startRawGateway } from './raw-gateway.ts'
import { createFakeVault, createSite, enrolmentKey, type Site, startServer, type TestServer } from './site.ts'

// The lock that closes on the box, and what the two sides make of it together. The server's own clock stands still, so that
// by its own rule it would lock nothing.

const serial = 'sag00001'
const threshold = 3600
const hour = threshold * 1000

let site: Site
let server: TestServer
let time: ManualTime
let disk: Disk
beforeEach(async () => {
  site = await createSite()
  server = await startServer(site, { settings: { heartbeatMs: 600_000, comings: 1000 } })
  await server.add(serial)
  time = createManualTime()
  disk = createMemoryDisk()
})
afterEach(() => site.close())

async function start(): Promise<Gateway> {
  const gateway = await startGateway({
    serial,
    model: 'sag-1000',
    version: '2.3.1.1',
    serverUrl: server.url,
    enrolmentKey,
    disk,
    vault: createFakeVault(),
    console: { host: '127.0.0.1', port: 0 },
    logger: pino({ level: 'silent' }),
    timers: time.timers,
    wallClock: time.wallClock,
    boxClock: () => ({ boot: 'one', upMs: time.timers.now(), wallMs: time.wallClock() }),
  })
  site.later(() => gateway.stop())
  return gateway
}

/** Connected, and it holds the threshold. */
async function armed(): Promise<Gateway> {
  const gateway = await start()
  await until('it is online', () => gateway.connected())
  await bindWithLock(server, serial, threshold)
  await until('it is armed', async () => (await disk.read('offline-lock.json'))?.includes(`${threshold}`) === true)
  // What nobody has confirmed is reverted when time passes, and the threshold with it.
  await until('its configuration is confirmed', async () => {
    const { appliedRevision, configOnTrial } = await server.device(serial)
    return appliedRevision === 1 && !configOnTrial
  })
  return gateway
}

/** Nobody reaches the server for that long. */
async function cutOff(gateway: Gateway, milliseconds: number): Promise<void> {
  await server.channel.disconnect(serial)
  await until('it noticed', () => gateway.connection().is === 'waiting')
  time.advance(milliseconds)
}

async function backOnline(gateway: Gateway): Promise<void> {
  await until('it is back', () => {
    if (gateway.connection().is === 'waiting') time.advance(60_000)
    return gateway.connected()
  })
}

async function consoleOf(gateway: Gateway): Promise<number> {
  return (await fetch(gateway.consoleUrl ?? '')).status
}

async function lockState(): Promise<object> {
  const { connected, lockedSince, unlockedAt } = await server.device(serial)
  return { connected, locked: lockedSince !== undefined, unlocked: unlockedAt !== undefined }
}

test('cut off for the threshold: its console is closed while the server is away, and the API shows it when it is back', async () => {
  const gateway = await armed()
  expect(await consoleOf(gateway)).toBe(200)
  await cutOff(gateway, hour)
  expect(gateway.locked()).toBe(true)
  expect(await consoleOf(gateway)).toBe(423)
  await backOnline(gateway)
  await until('the server knows', async () => (await server.device(serial)).lockedSince !== undefined)
  expect(await lockState()).toEqual({ connected: false, locked: true, unlocked: false })
  expect(await consoleOf(gateway)).toBe(423)

  await unlock(server)
  await until('it is open', () => !gateway.locked())
  expect(await consoleOf(gateway)).toBe(200)
  await until('its word is heard', async () => (await server.device(serial)).unlockedAt === undefined)
  expect(await lockState()).toEqual({ connected: true, locked: false, unlocked: false })

  // The unlock was for that absence.
  await cutOff(gateway, hour)
  await backOnline(gateway)
  await until('the server knows', async () => (await server.device(serial)).lockedSince !== undefined)
})

test('unlocked while it is away: open when it is back', async () => {
  const gateway = await armed()
  await cutOff(gateway, hour)
  await unlock(server)
  expect(gateway.locked()).toBe(true)
  await backOnline(gateway)
  await until('it is open', () => !gateway.locked())
  await until('its word is heard', async () => (await server.device(serial)).unlockedAt === undefined)
  expect(await lockState()).toEqual({ connected: true, locked: false, unlocked: false })
})

test('an unlock that never reached it is not lost: it is open when it has connected again', async () => {
  const gateway = await armed()
  await cutOff(gateway, hour)
  await backOnline(gateway)
  await until('the server knows', async () => (await server.device(serial)).lockedSince !== undefined)
  await unlock(server, 'silently')
  expect(gateway.locked()).toBe(true)
  await cutOff(gateway, 1000)
  await backOnline(gateway)
  await until('it is open', () => !gateway.locked())
  expect(await lockState()).toMatchObject({ connected: true, locked: false })
})

test('it says that it is locked and its instance has no threshold any more: it is opened', async () => {
  const gateway = await armed()
  await cutOff(gateway, hour)
  await server.store.write((tx) => tx.updateTable('instance').set({ security_lock_threshold: 0 }).execute())
  await backOnline(gateway)
  await until('it is open', () => !gateway.locked())
  expect(await lockState()).toEqual({ connected: true, locked: false, unlocked: false })
})

test('away for the threshold by the server’s clock only: the server locks it, and it keeps that', async () => {
  const gateway = await armed()
  await server.channel.disconnect(serial)
  await until('it noticed', () => gateway.connection().is === 'waiting')
  server.time.advance(hour)
  await backOnline(gateway)
  await until('it knows', () => gateway.locked())
  expect(await lockState()).toMatchObject({ connected: false, locked: true })
})

test('a gateway of 0.1.0, which says nothing of its lock, connects and is open', async () => {
  await bindWithLock(server, serial, threshold)
  const gateway = await startRawGateway(server.url, { serial, enrolmentKey })
  site.later(async () => gateway.socket.terminate())
  expect('locked' in rawReport).toBe(false)
  expect(await lockState()).toMatchObject({ connected: true, locked: false })
})
