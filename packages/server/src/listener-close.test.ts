import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, request, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, request as tlsRequest } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { text } from 'node:stream/consumers'
import { createManualTime } from '@opensag/protocol'
import { afterAll, describe, expect, test } from 'vitest'
import { makeCertificate } from '../../../test/support/certificate.ts'
import { limit } from '../../../test/support/time.ts'
import { watchListener } from './listener-close.ts'

const folder = mkdtempSync(join(tmpdir(), 'opensag-listener-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Listener {
  readonly port: number
  /** A request arrived; its answer is the test's to send. */
  arrived(): Promise<ServerResponse>
  /** Begins to close; what it resolves to says that it is closed. */
  close(): Promise<string>
  /** The grace is over. */
  outwait(): void
}

async function listen(server: Server): Promise<Listener> {
  const time = createManualTime(0)
  const waiting: ((response: ServerResponse) => void)[] = []
  const answers: ServerResponse[] = []
  server.on('request', (_request, response) => {
    const next = waiting.shift()
    if (next) next(response)
    else answers.push(response)
  })
  // Whoever waits for it to pass waits for ever.
  // Whoever waits for it to pass waits for ever.
  server.keepAliveTimeout = limit(3_600_000)
  const closeWithin = watchListener(server, { timers: time.timers, graceMs: 5000 })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    arrived: () => {
      const response = answers.shift()
      return response ? Promise.resolve(response) : new Promise((resolve) => waiting.push(resolve))
    },
    async close() {
      await closeWithin(() => new Promise<void>((resolve) => server.close(() => resolve())))
      return 'closed'
    },
    outwait: () => time.advance(5000),
  }
}

function createSecureServer(): Server {
  const { cert, key } = makeCertificate(folder, '127.0.0.1')
  return createTlsServer({ cert: readFileSync(cert), key: readFileSync(key) }) as unknown as Server
}

async function silent(server: Server, port: number): Promise<Socket> {
  const accepted = once(server, 'connection')
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await Promise.all([accepted, once(socket, 'connect')])
  return socket
}

test('a connection that never sent a byte ends at once', async () => {
  const server = createServer()
  const listener = await listen(server)
  const socket = await silent(server, listener.port)
  const ended = once(socket, 'close')
  expect(await listener.close()).toBe('closed')
  await ended
})

test('a connection with half a request line ends at once', async () => {
  const server = createServer()
  const listener = await listen(server)
  const socket = await silent(server, listener.port)
  socket.write('POST / HT')
  expect(await listener.close()).toBe('closed')
})

test.each([
  ['plain', () => createServer()],
  ['TLS', createSecureServer],
])('over %s a request that is being served gets its whole answer, and its connection ends then', async (kind, make) => {
  const server = make()
  const listener = await listen(server)
  const body = 'x'.repeat(2_000_000)
  const answered = (async () => {
    const client = kind === 'TLS' ? tlsRequest : request
    const asked = client({ port: listener.port, host: '127.0.0.1', rejectUnauthorized: false })
    asked.end()
    const [response] = await once(asked, 'response')
    let got = ''
    for await (const part of response) got += part
    return got
  })()
  const response = await listener.arrived()
  const closed = listener.close()
  response.end(body)
  expect(await answered).toHaveLength(body.length)
  expect(await closed).toBe('closed')
})

test('a request that takes longer than the grace is cut off', async () => {
  const server = createServer()
  const listener = await listen(server)
  const asked = request({ port: listener.port, host: '127.0.0.1' })
  const failed = once(asked, 'error')
  asked.end()
  await listener.arrived()
  const closed = listener.close()
  listener.outwait()
  expect(await closed).toBe('closed')
  expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' })
})

describe('an upgraded connection', () => {
  async function upgraded(): Promise<{
    readonly listener: Listener
    readonly client: Socket
    readonly served: Duplex
  }> {
    const server = createServer()
    const upgrading = once(server, 'upgrade')
    const listener = await listen(server)
    const client = await silent(server, listener.port)
    client.write('GET / HTTP/1.1\r\nHost: x\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n')
    const [, served] = (await upgrading) as [unknown, Duplex]
    served.on('error', () => {})
    return { listener, client, served }
  }

  test('may say what it still has to say, and ends by itself', async () => {
    const { listener, client, served } = await upgraded()
    const closed = listener.close()
    const heard = text(client)
    served.end('come back later')
    client.end()
    expect(await heard).toBe('come back later')
    expect(await closed).toBe('closed')
  })

  test('is cut off after the grace', async () => {
    const { listener } = await upgraded()
    const closed = listener.close()
    listener.outwait()
    expect(await closed).toBe('closed')
  })
})
