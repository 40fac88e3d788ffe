import { createServer } from 'node:http'
import { Secret } from '@opensag/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { gatewaySources } from '../../packages/server/src/store/gateways/sources.ts'
import type { Store } from '../../packages/server/src/store/store.ts'
import { until } from '../support/time.ts'
import { rawReport, startRawGateway } from './raw-gateway.ts'
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

let site: Site
beforeEach(async () => {
  site = await createSite()
})
afterEach(() => site.close())

const serial = 'sag00001'
const other = 'sag00002'

async function rawAt(server: TestServer): ReturnType<typeof startRawGateway> {
  const raw = await startRawGateway(server.url, { serial, enrolmentKey })
  site.later(async () => raw.socket.terminate())
  return raw
}

test('who floods with frames is disconnected, and nobody else', async () => {
  const server = await startServer(site, { settings: { frames: 50 } })
  await server.add(serial)
  await server.add(other)
  const decent = await startGateway(site, { url: server.url, serial: other })
  await online(decent)
  const raw = await rawAt(server)
  for (let beat = 0; beat < 200 && !raw.isClosed(); beat++) raw.send({ kind: 'beat' })
  await until('it is gone', raw.isClosed)
  expect(raw.received.filter(({ kind }) => kind === 'beat').length).toBeLessThanOrEqual(50)
  expect((await server.device(other)).connected).toBe(true)
  expect(await server.change(other, 'Second_0002')).toBe('accepted')
})

test('of reports that come faster than they are written the newest counts', async () => {
  const server = await startServer(site, { settings: { reports: 2, reportBackMs: 1000 } })
  await server.add(serial)
  const raw = await rawAt(server)
  for (let revision = 1; revision <= 60; revision++) {
    raw.send({ kind: 'report', report: { ...rawReport, version: `2.3.1.${revision}` }, password: { generation: 0 } })
  }
  const version = async (): Promise<string> => (await server.device(serial)).version
  await until('the first ones are written', async () => (await version()) === '2.3.1.2')
  await until('the newest is written', async () => {
    server.time.advance(1000)
    return (await version()) === '2.3.1.60'
  })
  expect(raw.isClosed()).toBe(false)
})

test('a gateway that connects again and again is told to come back later, and then may', async () => {
  const server = await startServer(site, { settings: { comings: 3, comingBackMs: 60_000 } })
  await server.add(serial)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  for (let time = 0; time < 3; time++) {
    await server.channel.disconnect(serial)
    await onlineAgain(gateway)
  }
  await server.channel.disconnect(serial)
  const attempts = (): number => gateway.states.filter(({ is }) => is === 'connecting').length
  const before = attempts()
  await until('it is sent away', () => {
    if (attempts() === before) gateway.time.advance(1000)
    return attempts() > before && gateway.connection.state.is === 'waiting'
  })
  expect((await server.device(serial)).connected).toBe(false)
  server.time.advance(120_000)
  await onlineAgain(gateway)
})

test('who comes while the entrance is full is told when to come back', async () => {
  const server = await startServer(site, { settings: { handshakesAtOnce: 1, handshakesPerSecond: 0.2 } })
  await server.add(serial)
  const stranger = new WebSocket(server.url)
  site.later(async () => stranger.terminate())
  stranger.on('error', () => {})
  await new Promise((resolve) => stranger.on('open', resolve))
  const gateway = await startGateway(site, { url: server.url })
  await until('it is turned away', () => gateway.connection.state.is === 'waiting')
  expect(gateway.connection.state).toMatchObject({ reason: 'The server answered 503.' })
  // Not after the second it would have waited by itself.
  gateway.time.advance(4000)
  expect(gateway.connection.state.is).toBe('waiting')
  stranger.terminate()
  server.time.advance(10_000)
  await onlineAgain(gateway)
})

/** A WebSocket that says nothing, from an address of its own. */
async function silentFrom(url: string, localAddress: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { localAddress })
  site.later(async () => socket.terminate())
  await new Promise((resolve) => {
    socket.on('open', resolve)
    socket.on('error', resolve)
  })
  return socket
}

test('silent connections of many addresses keep no gateway out, and none that is connected is dropped for them', async () => {
  const server = await startServer(site, { settings: { handshakesAtOnce: 4, handshakesPerSecond: 1000 } })
  await server.add(serial)
  await server.add(other)
  const first = await startGateway(site, { url: server.url })
  await online(first)
  for (let address = 2; address < 40; address++) {
    server.time.advance(100)
    await silentFrom(server.url, `127.0.0.${address}`)
  }
  const second = await startGateway(site, { url: server.url, serial: other })
  await online(second)
  expect(first.connection.state.is).toBe('online')
})

test('a stranger that comes when silent strangers have all their places is let in for the oldest of them', async () => {
  const server = await startServer(site, { settings: { handshakesAtOnce: 4, handshakesPerSecond: 1000 } })
  await server.add(serial)
  await online(await startGateway(site, { url: server.url }))
  const strangers: WebSocket[] = []
  for (let address = 2; address < 6; address++) {
    server.time.advance(100)
    strangers.push(await silentFrom(server.url, `127.0.0.${address}`))
  }
  const isOpen = ({ readyState }: WebSocket): boolean => readyState === WebSocket.OPEN
  await until('the oldest is gone', () => strangers.filter(isOpen).length === 3)
  expect(strangers.map(isOpen)).toEqual([false, true, true, true])
})

test('once the store was slow to admit a gateway, fewer are let in at once', async () => {
  let isWaiting = false
  let storeIsThere: Promise<void> = Promise.resolve()
  const within = (store: Store): Store => ({
    ...store,
    async write(work) {
      isWaiting = true
      await storeIsThere
      return store.write(work)
    },
  })
  const settings = { handshakesAtOnce: 64, handshakesPerSecond: 1000 }
  const server = await startServer(site, { settings, within })
  await server.add(serial)
  await server.add(other)
  await online(await startGateway(site, { url: server.url }))
  const open = async (): Promise<number> => {
    const sockets: WebSocket[] = []
    for (let address = 2; address < 66; address++) sockets.push(await silentFrom(server.url, `127.0.0.${address}`))
    const isOpen = ({ readyState }: WebSocket): boolean => readyState === WebSocket.OPEN
    await until('places are taken', () => sockets.filter(isOpen).length < sockets.length)
    const count = sockets.filter(isOpen).length
    for (const socket of sockets) socket.terminate()
    server.time.advance(1000)
    return count
  }
  const before = await open()
  let release = (): void => {}
  storeIsThere = new Promise<void>((resolve) => (release = resolve))
  isWaiting = false
  const second = await startGateway(site, { url: server.url, serial: other })
  await until('it has proved itself and waits for the store', () => isWaiting)
  server.time.advance(15_000)
  release()
  await online(second)
  expect([before, await open()]).toEqual([48, 12])
})

test('a gateway that gives up while it waits for the store is not admitted, and that is no refused proof', async () => {
  let isWaiting = false
  let storeIsThere: Promise<void> = Promise.resolve()
  const writes: Promise<unknown>[] = []
  const within = (store: Store): Store => ({
    ...store,
    async write(work, keepsTo) {
      isWaiting = true
      await storeIsThere
      const writing = store.write(work, keepsTo)
      writes.push(writing)
      return writing
    },
  })
  const http = createServer()
  const connections = (): Promise<number> => new Promise((resolve) => http.getConnections((_, count) => resolve(count)))
  const server = await startServer(site, { settings: { refusals: 1 }, within, http })
  await server.add(serial)
  await server.add(other)
  let release = (): void => {}
  storeIsThere = new Promise<void>((resolve) => (release = resolve))
  isWaiting = false
  const impatient = await startGateway(site, { url: server.url })
  await until('it has proved itself and waits for the store', () => isWaiting)
  writes.splice(0)
  await impatient.stop()
  await until('the server has noticed', async () => (await connections()) === 0)
  release()
  await until('its work has its turn', () => writes.length > 0)
  await Promise.allSettled(writes)
  expect((await server.device(serial)).sealKey).toBeUndefined()
  // From the same address, which is allowed one refused proof.
  await online(await startGateway(site, { url: server.url, serial: other }))
})

test('which addresses gateways came from is known after a restart', async () => {
  const settings = { handshakesAtOnce: 4, handshakesPerSecond: 0.001 }
  const server = await startServer(site, { settings: { ...settings, handshakesPerSecond: 1000 } })
  await server.add(serial)
  await online(await startGateway(site, { url: server.url }))
  expect(await server.store.read((db) => gatewaySources(db, 10))).toEqual(['127.0.0.1'])
  await server.stop()
  const again = await startServer(site, { settings })
  const sockets: WebSocket[] = []
  for (let index = 0; index < 4; index++) sockets.push(await silentFrom(again.url, '127.0.0.9'))
  // One place of four is not theirs.
  expect(sockets.filter(({ readyState }) => readyState === WebSocket.OPEN)).toHaveLength(3)
})

test('a gateway whose keys were changed has to prove itself anew, also when nobody could tell the node', async () => {
  // Silence is no part of it.
  const server = await startServer(site, { settings: { heartbeatMs: 600_000 } })
  await server.add(serial)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  await server.store.write(async (tx) => {
    await tx.updateTable('device').set({ sign_key: null, seal_key: null, ticket: null }).execute()
  })
  server.time.advance(60_000)
  await until('it is gone', () => gateway.connection.state.is !== 'online')
  // Refused with what it has, it enrols with its enrolment key.
  await until('it is back', () => {
    if (gateway.connection.state.is !== 'connecting') gateway.time.advance(60_000)
    return gateway.states.at(-1)?.is === 'online' || gateway.connection.state.is === 'online'
  })
  expect(await server.events(serial)).toEqual([
    'DeviceEnrolled',
    'DeviceOnline',
    'DeviceOffline',
    'DeviceEnrolled',
    'DeviceOnline',
  ])
})

test('made to forget on one node, a gateway that another node holds is disconnected there', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const asked: unknown[] = []
  server.bus.serve(serial, async (message) => {
    asked.push(message)
    return {}
  })
  await server.channel.disconnect(serial)
  expect(asked).toEqual([{ kind: 'step-down' }])
})

test('a peer that speaks only versions nobody knows is told so', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const peer = new WebSocket(server.url)
  const texts: Record<string, unknown>[] = []
  peer.on('message', (data: Buffer) => texts.push(JSON.parse(data.toString('utf8'))))
  await until('hello', () => texts.length === 1)
  // Whatever a proof will look like then.
  const body = JSON.stringify({ protocol: 99, name: { of: 'something else' } })
  peer.send(JSON.stringify({ kind: 'prove', body, signature: 'A'.repeat(86) }))
  await new Promise((resolve) => peer.on('close', resolve))
  expect(texts[1]).toMatchObject({
    kind: 'refuse',
    code: 'UnsupportedProtocol',
    message: 'This side speaks version 1 of the protocol, the other one 99.',
  })
})

test('a server that speaks only versions nobody knows is told nothing, and asked again rarely', async () => {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  site.later(() => new Promise((resolve) => sockets.close(resolve)))
  const heard: unknown[] = []
  sockets.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => heard.push(data.toString('utf8')))
    socket.send(JSON.stringify({ kind: 'hello', protocols: [98, 99], somethingElse: true }))
  })
  await until('it listens', () => sockets.address() !== null)
  const { port } = sockets.address() as { port: number }
  const gateway = await startGateway(site, { url: `ws://127.0.0.1:${port}/channel`, key: Secret.of('k'.repeat(32)) })
  await until('it has refused', () => gateway.connection.state.is === 'refused')
  expect(gateway.connection.state).toMatchObject({ code: 'UnsupportedProtocol' })
  expect(heard).toEqual([])
  gateway.time.advance(60_000)
  expect(gateway.connection.state.is).toBe('refused')
})
