import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Store } from '../../packages/server/src/store/store.ts'
import { until } from '../support/time.ts'
import { createSite, online, onlineAgain, type Site, startGateway, startServer } from './site.ts'

let site: Site
beforeEach(async () => {
  site = await createSite()
})
afterEach(() => site.close())

const serial = 'sag00001'

test('a gateway that enrols is online, with what it reports', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  expect(await server.device(serial)).toMatchObject({
    connected: true,
    version: '2.3.1.1',
    serviceIp: '192.0.2.7',
    consoleUrl: 'http://127.0.0.1:8080/',
    synStatus: 'Synchronized',
  })
  expect(await server.events(serial)).toEqual(['DeviceEnrolled', 'DeviceOnline'])
})

test('a gateway that stops is offline', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  await gateway.stop()
  await until('offline', async () => !(await server.device(serial)).connected)
  expect(await server.events(serial)).toEqual(['DeviceEnrolled', 'DeviceOnline', 'DeviceOffline'])
})

test('a gateway that is silent for three heartbeats is offline, one that sends them is not', async () => {
  const server = await startServer(site, { settings: { heartbeatMs: 1000 } })
  await server.add(serial)
  await server.add('sag00002')
  const silent = await startGateway(site, { url: server.url })
  const lively = await startGateway(site, { url: server.url, serial: 'sag00002', timers: server.time.timers })
  await online(silent)
  await online(lively)
  await until('the silent one is offline', async () => {
    server.time.advance(1000)
    return !(await server.device(serial)).connected
  })
  expect((await server.device('sag00002')).connected).toBe(true)
  expect(await server.events(serial)).toContain('DeviceOffline')
})

test('a gateway that hears nothing of its server connects anew', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  server.time.advance(0)
  // Its heartbeats are answered by nobody while its own time alone runs ahead of the network.
  gateway.time.advance(60_000)
  expect(gateway.states.at(-1)?.is).not.toBe('closed')
  await until('it notices', () => gateway.states.filter(({ is }) => is === 'waiting').length > 0)
  await onlineAgain(gateway)
})

test('a change at the gateway makes it unsynchronised until both sides agree', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  gateway.report = { ...gateway.report, localRevision: 4 }
  gateway.connection.reportChanged()
  await until('unsynchronised', async () => (await server.device(serial)).synStatus === 'Unsynchronized')
  await server.bus.request(serial, { kind: 'synchronise' }, 5000)
  await until('synchronised', async () => (await server.device(serial)).synStatus === 'Synchronized')
  expect(gateway.report.syncedRevision).toBe(4)
})

test('a server that stops among others does not say that a gateway is offline which another one takes', async () => {
  let looks = 0
  const within = (store: Store): Store => {
    const read: Store['read'] = (work) => {
      looks += 1
      return store.read(work)
    }
    return { ...store, read }
  }
  const server = await startServer(site, { settings: { moveWithinMs: 5000 }, within })
  await server.add(serial)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  let hasStopped = false
  const closing = server.channel.close().then(() => {
    hasStopped = true
  })
  await until('it was sent away', () => {
    server.time.advance(10)
    return gateway.connection.state.is === 'waiting'
  })
  const before = looks
  await until('the server has looked twice whether another one has it', () => {
    server.time.advance(10)
    return looks > before + 1
  })
  await server.store.write((tx) =>
    tx.updateTable('device').set({ node: 'another' }).where('serial', '=', serial).execute(),
  )
  await until('the server has stopped', () => {
    server.time.advance(10)
    return hasStopped
  })
  await closing
  expect(await server.events(serial)).toEqual(['DeviceEnrolled', 'DeviceOnline'])
  expect((await server.device(serial)).connected).toBe(true)
})

test('a server that stops tells its gateways to come back, and they do', async () => {
  const first = await startServer(site)
  await first.add(serial)
  const gateway = await startGateway(site, { url: first.url })
  await online(gateway)
  await first.stop()
  await until('sent away', () => gateway.connection.state.is === 'waiting')
  expect(gateway.connection.state).toEqual({ is: 'waiting', reason: 'The server is being stopped.' })

  const second = await startServer(site)
  expect((await second.device(serial)).connected).toBe(false)
  await gateway.stop()
  const moved = await startGateway(site, { url: second.url, disk: gateway.disk })
  await online(moved)
  expect((await second.device(serial)).connected).toBe(true)
})

test('what a server left behind when it was killed is put right by the next one', async () => {
  const first = await startServer(site)
  await first.add(serial)
  await first.store.write(async (tx) => {
    await tx.updateTable('device').set({ node: 'node' }).execute()
    const change = {
      instance_id: '',
      account_id: '',
      principal: '',
      request_id: '',
      requested_at: first.time.wallClock(),
    }
    await tx
      .insertInto('password_change')
      .values({ ...change, id: 'left', serial, outcome: 'requested' })
      .execute()
  })
  // As `kill -9` would leave it: the channel has no part in it.
  await first.bus.close()
  first.channel.close = async () => {}
  await first.stop()
  const second = await startServer(site)
  expect((await second.device(serial)).connected).toBe(false)
  expect(await second.journal()).toEqual(['failed'])
  expect(await second.events(serial)).toEqual(['DeviceOffline'])
})
