import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSimulatedFleet } from '../../packages/agent/src/simulate.ts'
import { until } from '../support/time.ts'
import { bindWithLock, unlock } from './locking.ts'
import {
  createSite,
  enrolmentKey,
  online,
  onlineAgain,
  type Site,
  startGateway,
  startServer,
  type TestServer,
} from './site.ts'

const serial = 'sag00001'
const hour = 3600

let site: Site
let server: TestServer
beforeEach(async () => {
  site = await createSite()
  server = await startServer(site)
  await server.add(serial)
})
afterEach(() => site.close())

test('a gateway that agrees to reboot is not online when the answer comes, and is again when it is back', async () => {
  const orders: (string | undefined)[] = []
  const gateway = await startGateway(site, {
    url: server.url,
    restart: (version) => () => orders.push(version),
  })
  await online(gateway)
  expect(await server.commands.reboot(serial)).toBe('done')
  const rebooting = await server.device(serial)
  expect([rebooting.connected, rebooting.restartingSince]).toEqual([false, server.time.wallClock()])
  await until('it restarts', () => orders.length > 0)
  expect(orders).toEqual([undefined])

  await until('it is gone', () => gateway.connection.state.is === 'waiting')
  await onlineAgain(gateway)
  expect(await server.device(serial)).toMatchObject({ connected: true, restartingSince: undefined })
})

test('a gateway is told the version to restart into', async () => {
  const orders: (string | undefined)[] = []
  const gateway = await startGateway(site, {
    url: server.url,
    restart: (version) => () => orders.push(version),
  })
  await online(gateway)
  expect(await server.commands.upgrade(serial, '2.4.0.0')).toBe('done')
  await until('it restarts', () => orders.length > 0)
  expect(orders).toEqual(['2.4.0.0'])
})

test('a gateway that cannot restart says so and stays online', async () => {
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  expect(await server.commands.reboot(serial)).toBe('refused')
  expect(await server.device(serial)).toMatchObject({ connected: true, restartingSince: undefined })
})

test('a gateway that is not connected, or goes before it agrees, is unreachable', async () => {
  expect(await server.commands.reboot(serial)).toBe('unreachable')
  expect(await server.commands.synchronise(serial)).toBe('unreachable')

  let closing: Promise<void> | undefined
  const gateway = await startGateway(site, {
    url: server.url,
    restart() {
      closing = gateway.stop()
      return () => {}
    },
  })
  await online(gateway)
  expect(await server.commands.reboot(serial)).toBe('unreachable')
  await closing
  await until('offline', async () => !(await server.device(serial)).connected)
})

test('a synchronisation is under way until the gateway reports it', async () => {
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  const seen = new Set<string>()
  gateway.report = { ...gateway.report, localRevision: 4 }
  gateway.connection.reportChanged()
  await until('unsynchronised', async () => (await server.device(serial)).synStatus === 'Unsynchronized')
  expect(await server.commands.synchronise(serial)).toBe('done')
  await until('synchronised', async () => {
    const { synStatus } = await server.device(serial)
    seen.add(synStatus)
    return synStatus === 'Synchronized'
  })
  expect(seen).not.toContain('Unsynchronized')
})

test('a simulated gateway really goes and comes back, with the version it was upgraded to', async () => {
  const fleet = await startSimulatedFleet({
    serverUrl: server.url,
    gateways: [{ serial, model: 'sag-1000', version: '2.3.1.1', enrolmentKey }],
    consoles: false,
    logger: pino({ level: 'silent' }),
    random: randomBytes,
  })
  site.later(() => fleet.close())
  await fleet.allOnline()
  const started = (await server.device(serial)).startedAt

  expect(await server.commands.reboot(serial)).toBe('done')
  await until('it is back', async () => (await server.device(serial)).connected)
  const rebooted = await server.device(serial)
  expect([rebooted.version, rebooted.startedAt === started]).toEqual(['2.3.1.1', false])

  expect(await server.commands.upgrade(serial, '2.4.0.0')).toBe('done')
  await until('it is back', async () => (await server.device(serial)).connected)
  expect((await server.device(serial)).version).toBe('2.4.0.0')
  expect(await server.events(serial)).toEqual([
    'DeviceEnrolled',
    'DeviceOnline',
    'DeviceOffline',
    'DeviceOnline',
    'DeviceOffline',
    'DeviceOnline',
  ])
})

test('a gateway that was away for the threshold is locked when it is back, until it is unlocked', async () => {
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  await bindWithLock(server, serial, hour)
  await awayFor(hour * 1000 - 1)
  expect((await server.device(serial)).lockedSince).toBeUndefined()

  await awayFor(hour * 1000)
  await until('it knows', () => gateway.locks.at(-1) === true)
  expect(await server.device(serial)).toMatchObject({ connected: false, lockedSince: server.time.wallClock() })
  // Coming back once more is no way out.
  await awayFor(1000)
  expect((await server.device(serial)).connected).toBe(false)

  await unlock(server)
  expect(await server.device(serial)).toMatchObject({ connected: true, lockedSince: undefined })
  await until('it knows', () => gateway.locks.at(-1) === false)

  async function awayFor(milliseconds: number): Promise<void> {
    await server.channel.disconnect(serial)
    await until('it noticed', () => gateway.connection.state.is === 'waiting')
    server.time.advance(milliseconds)
    await onlineAgain(gateway)
  }
})

test('a gateway unlocked while it is away comes back unlocked, and only that once', async () => {
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  await bindWithLock(server, serial, hour)
  await server.channel.disconnect(serial)
  server.time.advance(2 * hour * 1000)
  await unlock(server)
  await onlineAgain(gateway)
  expect(await server.device(serial)).toMatchObject({ connected: true, unlockedAt: undefined })

  await server.channel.disconnect(serial)
  server.time.advance(2 * hour * 1000)
  await onlineAgain(gateway)
  expect((await server.device(serial)).connected).toBe(false)
})
