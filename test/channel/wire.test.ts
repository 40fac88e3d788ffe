import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { makeCertificate } from '../support/certificate.ts'
import { until } from '../support/time.ts'
import { createSite, online, onlineAgain, type Site, startGateway, startServer, type TestServer } from './site.ts'

let site: Site
beforeEach(async () => {
  site = await createSite()
})
afterEach(() => site.close())

const serial = 'sag00001'

/** Somebody in between who ended TLS and sees, and may change, every message. */
async function startProxy(
  to: string,
  change: (data: Buffer, isBinary: boolean, way: 'up' | 'down') => readonly Buffer[],
): Promise<string> {
  const http = createServer()
  const proxy = new WebSocketServer({ server: http })
  proxy.on('connection', (gateway) => {
    const server = new WebSocket(to)
    const early: (() => void)[] = []
    const pass = (from: WebSocket, onward: WebSocket, way: 'up' | 'down'): void => {
      from.on('message', (data: Buffer, binary: boolean) => {
        for (const one of change(data, binary, way)) {
          if (onward.readyState === WebSocket.OPEN) onward.send(one, { binary })
          else early.push(() => onward.send(one, { binary }))
        }
      })
      from.on('close', () => onward.terminate())
      from.on('error', () => onward.terminate())
    }
    server.on('open', () => {
      for (const send of early) send()
    })
    pass(gateway, server, 'up')
    pass(server, gateway, 'down')
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  site.later(async () => {
    for (const client of proxy.clients) client.terminate()
    http.closeAllConnections()
    http.close()
  })
  return `ws://127.0.0.1:${(http.address() as AddressInfo).port}/channel`
}

async function withGateway(): Promise<TestServer> {
  const server = await startServer(site)
  await server.add(serial)
  return server
}

test('a proxy that ends TLS may carry the connection, and reads no password', async () => {
  const server = await withGateway()
  const seen: Buffer[] = []
  const url = await startProxy(server.url, (data) => {
    seen.push(data)
    return [data]
  })
  const gateway = await startGateway(site, { url })
  await online(gateway)
  expect(await server.change(serial, 'Second_0002')).toBe('accepted')
  expect(await gateway.accepts('Second_0002')).toEqual(['Second_0002'])
  expect(Buffer.concat(seen).includes('Second_0002')).toBe(false)
})

const meddling = {
  changes: (data: Buffer) => [Buffer.from(data.map((byte, index) => (index === 3 ? byte ^ 1 : byte)))],
  repeats: (data: Buffer) => [data, data],
  swallows: () => [],
} as const

test.each(Object.entries(meddling))(
  'a proxy that %s a frame costs the connection and nothing else',
  async (_, meddle) => {
    const server = await withGateway()
    let remaining = 0
    const url = await startProxy(server.url, (data, isBinary, way) =>
      isBinary && way === 'down' && remaining-- > 0 ? meddle(data) : [data],
    )
    const gateway = await startGateway(site, { url })
    await online(gateway)
    expect(await server.change(serial, 'First_0001')).toBe('accepted')
    // The next frame is the password, and no word about the one before.
    await until('it is settled', async () => (await gateway.password.status()).unsettled === undefined)
    remaining = 1
    const outcome = server.change(serial, 'Second_0002')
    await until('the gateway is told', () => remaining <= 0)
    await until('the change is over', async () => {
      // Where nothing arrives at all, only time tells.
      server.time.advance(1000)
      return (await server.journal()).every((entry) => entry !== 'requested') && (await server.journal()).length === 2
    })
    const accepted = (await outcome) === 'accepted'
    await until('the gateway knows', () => gateway.connection.state.is !== 'online')
    await onlineAgain(gateway)
    expect(await gateway.accepts('First_0001', 'Second_0002')).toEqual([accepted ? 'Second_0002' : 'First_0001'])
  },
)

test('what one connection sent is worth nothing on another', async () => {
  const server = await withGateway()
  const up: { data: Buffer; binary: boolean }[] = []
  const url = await startProxy(server.url, (data, binary, way) => {
    if (way === 'up') up.push({ data, binary })
    return [data]
  })
  const gateway = await startGateway(site, { url })
  await online(gateway)
  await gateway.stop()
  await until('offline', async () => !(await server.device(serial)).connected)

  const thief = new WebSocket(server.url)
  const answers: string[] = []
  thief.on('message', (data: Buffer) => {
    answers.push(data.toString('utf8'))
    const [proof] = up
    if (answers.length === 1 && proof !== undefined) thief.send(proof.data, { binary: proof.binary })
  })
  await new Promise((resolve) => thief.on('close', resolve))
  expect(JSON.parse(answers[1] ?? '{}')).toMatchObject({ kind: 'refuse', code: 'NotAdmitted' })
  expect((await server.device(serial)).connected).toBe(false)
})

test.each([
  ['nothing', []],
  ['no JSON', ['hello']],
  ['frames before the handshake', [Buffer.from('0123456789abcdef')]],
  ['more than is allowed', ['x'.repeat(20_000)]],
])('whoever sends %s is disconnected', async (_, messages) => {
  const server = await withGateway()
  const stranger = new WebSocket(server.url)
  stranger.on('error', () => {})
  await new Promise((resolve) => stranger.on('open', resolve))
  for (const message of messages) stranger.send(message)
  const closed = new Promise((resolve) => stranger.on('close', resolve))
  server.time.advance(20_000)
  await closed
})

test.each([
  ['another path', '/elsewhere', {}, 404],
  ['a page in a browser', '/channel', { origin: 'http://127.0.0.1' }, 403],
])('%s is turned away', async (_, path, headers, status) => {
  const server = await withGateway()
  const { port } = server.http.address() as AddressInfo
  const asked = request({
    port,
    host: '127.0.0.1',
    path,
    headers: {
      ...headers,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    },
  })
  const answered = new Promise<number | undefined>((resolve) =>
    asked.on('response', ({ statusCode }) => resolve(statusCode)),
  )
  asked.end()
  expect(await answered).toBe(status)
})

async function silent(server: TestServer): Promise<WebSocket> {
  const stranger = new WebSocket(server.url)
  stranger.on('error', () => {})
  await new Promise((resolve) => stranger.on('open', resolve))
  return stranger
}

test('an address that opens handshakes and says nothing has a few at most, for a few seconds', async () => {
  const server = await startServer(site, { settings: { mostUnproved: 2 } })
  await server.add(serial)
  const strangers = [await silent(server), await silent(server)]
  const closed = strangers.map((stranger) => new Promise((resolve) => stranger.on('close', resolve)))
  const gateway = await startGateway(site, { url: server.url })
  await until('it is turned away', () => gateway.connection.state.is === 'waiting')
  expect(gateway.connection.state).toMatchObject({ reason: expect.stringContaining('429') })
  server.time.advance(5000)
  await Promise.all(closed)
  await onlineAgain(gateway)
})

test('gateways that proved themselves do not count as silent', async () => {
  const server = await startServer(site, { settings: { mostUnproved: 1 } })
  for (const one of ['sag00001', 'sag00002', 'sag00003']) {
    await server.add(one)
    await online(await startGateway(site, { url: server.url, serial: one }))
  }
})

test.each([
  ['says nothing', undefined],
  ['sends garbage', 'hello'],
])('who %s instead of proving is throttled like who is refused', async (_, message) => {
  const server = await startServer(site, { settings: { refusals: 2, refusalBackMs: 60_000 } })
  await server.add(serial)
  for (let attempt = 0; attempt < 2; attempt++) {
    const stranger = await silent(server)
    const closed = new Promise((resolve) => stranger.on('close', resolve))
    if (message === undefined) server.time.advance(5000)
    else stranger.send(message)
    await closed
  }
  const gateway = await startGateway(site, { url: server.url })
  await until('it is turned away', () => gateway.connection.state.is === 'waiting')
  expect(gateway.connection.state).toMatchObject({ reason: expect.stringContaining('429') })
})

test.each(['/elsewhere', '/channel'])('who is turned away at %s cannot keep the socket', async (path) => {
  const server = await startServer(site, { settings: { mostUnproved: 0 } })
  const { port } = server.http.address() as AddressInfo
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  site.later(async () => socket.destroy())
  socket.on('error', () => {})
  const wish = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n${wish}Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`)
  await new Promise((resolve) => socket.on('data', resolve))
  const open = (): Promise<number> =>
    new Promise((resolve, reject) =>
      server.http.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    )
  await until('the server let go of it', async () => (await open()) === 0)
  // The heartbeat and the sweep.
  expect(server.time.pending()).toBe(2)
})

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

test.skipIf(!hasOpenssl)('over TLS a certificate counts only when its authority is known', async () => {
  const { cert, key } = makeCertificate(site.folder, '127.0.0.1')
  const ca = await readFile(cert, 'utf8')
  const server = await startServer(site, { http: createTlsServer({ key: await readFile(key), cert: ca }) })
  await server.add(serial)
  const url = server.url.replace('ws:', 'wss:')

  const careful = await startGateway(site, { url })
  await until('it does not connect', () => careful.connection.state.is === 'waiting')
  expect(careful.connection.state).toMatchObject({ reason: expect.stringContaining('certificate') })
  expect((await server.device(serial)).sealKey).toBeUndefined()
  await careful.stop()
  await online(await startGateway(site, { url, ca }))
})
