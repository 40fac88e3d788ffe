import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { createManualTime } from '@opensag/protocol'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { makeCertificate } from '../../../test/support/certificate.ts'
import { createSourceConnections, limitSources } from './source-connections.ts'

const many = 'one address holds as many connections as it may: more from there are closed'
const quiet = 'no connection was closed for a minute'

function created(most: number) {
  const time = createManualTime()
  const lines: Record<string, unknown>[] = []
  const logger = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) })
  const connections = createSourceConnections(most, { timers: time.timers, logger })
  return { connections, time, lines, said: () => lines.map(({ msg }) => msg) }
}

test('a source holds as many as it may, another one too, and there is room again when one closes', () => {
  const { connections } = created(2)
  const [first, second] = [new Socket(), new Socket()]
  expect(connections.admit(first, '192.0.2.1')).toBe(true)
  expect(connections.admit(second, '::ffff:192.0.2.1')).toBe(true)
  expect(connections.admit(new Socket(), '192.0.2.1')).toBe(false)
  expect(connections.admit(new Socket(), '192.0.2.2')).toBe(true)
  first.emit('close')
  expect(connections.admit(new Socket(), '192.0.2.1')).toBe(true)
  expect(connections.admit(new Socket(), '192.0.2.1')).toBe(false)
})

test('the addresses of one /64 are one source', () => {
  const { connections } = created(2)
  expect(connections.admit(new Socket(), '2001:db8::1')).toBe(true)
  expect(connections.admit(new Socket(), '2001:db8::2')).toBe(true)
  expect(connections.admit(new Socket(), '2001:db8::3')).toBe(false)
  expect(connections.admit(new Socket(), '2001:db8:0:1::1')).toBe(true)
})

test('every refused one is counted, and the log has one line when it begins and one when it is over', () => {
  const { connections, time, lines, said } = created(1)
  connections.admit(new Socket(), '192.0.2.1')
  const refuse = (times: number): void => {
    for (let time = 0; time < times; time++) connections.admit(new Socket(), '192.0.2.1')
  }
  refuse(1000)
  expect(lines).toMatchObject([{ msg: many, level: 40, source: '192.0.2.1', reason: 'source' }])
  time.advance(59_000)
  refuse(10)
  time.advance(60_000)
  expect(said()).toEqual([many])
  time.advance(60_000)
  expect(lines[1]).toMatchObject({ msg: quiet, refused: 1010 })
  refuse(5)
  time.advance(120_000)
  expect(lines.slice(2)).toMatchObject([{ msg: many }, { msg: quiet, refused: 5 }])
  expect(connections.refused()).toEqual([
    { reason: 'source', count: 1015 },
    { reason: 'all', count: 0 },
  ])
})

test('once closed it logs no more', async () => {
  const { connections, time, said } = created(1)
  connections.admit(new Socket(), '192.0.2.1')
  connections.admit(new Socket(), '192.0.2.1')
  await connections.close()
  time.advance(120_000)
  expect(said()).toEqual([many])
})

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** Whether a connection is served: its request is answered, or it is closed. */
function isServed(port: number, socket = connect({ port, host: '127.0.0.1' })): Promise<boolean> {
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  return new Promise((resolve) => {
    socket.once('data', () => resolve(true))
    socket.once('close', () => resolve(false))
  })
}

test('a listener closes those of a source that holds as many as it may', async () => {
  const { connections } = created(2)
  const server = createServer((_request, response) => response.end('served'))
  limitSources(server, connections)
  const port = await listening(server)
  expect([await isServed(port), await isServed(port), await isServed(port)]).toEqual([true, true, false])
})

test('over TLS too, and what is closed before its handshake harms nobody', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'opensag-tls-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const files = makeCertificate(folder, '127.0.0.1')
  const ca = readFileSync(files.cert)
  const { connections } = created(2)
  const server = createTlsServer({ cert: ca, key: readFileSync(files.key) }, (_request, response) =>
    response.end('served'),
  )
  limitSources(server, connections)
  const port = await listening(server)
  const open = (): Promise<boolean> => isServed(port, connectTls({ port, host: '127.0.0.1', ca }))
  expect([await open(), await open(), await open(), await open()]).toEqual([true, true, false, false])
  expect(connections.refused()).toContainEqual({ reason: 'source', count: 2 })
})

test('those that a listener closes because it is full itself are counted apart', async () => {
  const { connections, said } = created(10)
  const server = createServer((_request, response) => response.end('served'))
  server.maxConnections = 1
  connections.watch(server)
  const port = await listening(server)
  expect([await isServed(port), await isServed(port)]).toEqual([true, false])
  expect(connections.refused()).toContainEqual({ reason: 'all', count: 1 })
  expect(said()).toEqual(['the server holds as many connections as it may: more are closed'])
})
