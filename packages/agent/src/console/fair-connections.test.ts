import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../../../../test/support/time.ts'
import { boundFairly } from './fair-connections.ts'

const maximum = 10
let server: Server
let sockets: Socket[]
/** Requests that the server has and does not answer. */
let waiting: ServerResponse[]

beforeEach(async () => {
  sockets = []
  waiting = []
  server = createServer((request, response) => {
    if (request.url === '/slow') waiting.push(response)
    else response.end('answered')
  })
  boundFairly(server, maximum)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
})

async function open(address: string, text = ''): Promise<Socket> {
  const socket = connect({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    localAddress: address,
  })
  socket.on('error', () => 'it was dropped')
  socket.resume()
  sockets.push(socket)
  await once(socket, 'connect')
  socket.write(text)
  return socket
}

const request = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: gateway\r\n\r\n`

async function isAnswered(address: string): Promise<boolean> {
  const socket = await open(address, request('/'))
  return new Promise((resolve) => {
    socket.once('data', () => resolve(true))
    socket.once('close', () => resolve(false))
  })
}

test('one who holds all connections and sends nothing keeps nobody else out, and loses the oldest', async () => {
  const silent: Socket[] = []
  for (let i = 0; i < maximum; i++) silent.push(await open('127.0.0.2'))
  expect(await isAnswered('127.0.0.3')).toBe(true)
  await until('the oldest is dropped', () => silent[0]?.destroyed)
  expect(silent.slice(1).every(({ destroyed }) => !destroyed)).toBe(true)
})

test('as many silent addresses as there is room for keep nobody out', async () => {
  const silent: Socket[] = []
  for (let i = 0; i < maximum; i++) silent.push(await open(`127.0.1.${i + 1}`))
  for (let visit = 0; visit < 5; visit++) expect(await isAnswered('127.0.0.3')).toBe(true)
  await until('the oldest is dropped', () => silent[0]?.destroyed)
})

test('one with a single connection is not dropped for one with many', async () => {
  const modest = await open('127.0.0.3')
  for (let i = 0; i < 3 * maximum; i++) await open('127.0.0.2')
  expect(modest.destroyed).toBe(false)
  modest.write(request('/'))
  const [answer] = (await once(modest, 'data')) as [Buffer]
  expect(String(answer)).toContain('answered')
})

test('a connection whose request is being answered stays while others send nothing', async () => {
  const busy = await open('127.0.0.3', request('/slow'))
  await until('the request is there', () => waiting.length === 1)
  for (let i = 0; i < 3 * maximum; i++) await open(`127.0.2.${i + 1}`)
  waiting[0]?.end('done')
  const [answer] = (await once(busy, 'data')) as [Buffer]
  expect(String(answer)).toContain('done')
})
