// One address cannot take all connections of a server: a real one, with its log and its metrics.
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Running, runOpensag } from '../support/process.ts'
import { limit } from '../support/time.ts'

const most = 10
let data: string
let running: Running
let port: number
const sockets: Socket[] = []

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'opensag-connections-'))
  running = runOpensag(['server', '--data', data, '--port', '0', '--source-connections', String(most)])
  const [, found] = await running.printed(/listens on http:\/\/127\.0\.0\.1:(\d+)/)
  port = Number(found)
}, limit(60_000))
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})
afterAll(async () => {
  await running?.stop()
  await rm(data, { recursive: true, force: true })
})

/** A connection that was served and is kept open; undefined when it was closed without an answer. */
function opened(localAddress: string): Promise<Socket | undefined> {
  const socket = connect({ host: '127.0.0.1', port, localAddress })
  sockets.push(socket)
  socket.on('error', () => {})
  socket.write('GET /livez HTTP/1.1\r\nhost: x\r\n\r\n')
  return new Promise((resolve) => {
    socket.once('data', () => resolve(socket))
    socket.once('close', () => resolve(undefined))
  })
}

/** Opens connections until one is refused. Idle ones end after a while, so it may take more than are held at once. */
async function fill(localAddress: string): Promise<readonly Socket[]> {
  const open: Socket[] = []
  while (open.length < 20 * most) {
    const socket = await opened(localAddress)
    if (socket === undefined) return open
    open.push(socket)
  }
  throw new Error(`None of ${open.length} connections was refused.`)
}

async function metric(name: string): Promise<number> {
  const sent = request({ socketPath: join(data, 'operator.sock'), path: '/metrics' }).end()
  const [answer] = await once(sent, 'response')
  let text = ''
  for await (const chunk of answer) text += chunk
  const line = text.split('\n').find((one) => one.startsWith(`${name} `))
  if (line === undefined) throw new Error(`There is no ${name} in:\n${text}`)
  return Number(line.slice(name.length + 1))
}

test(
  'a source that holds as many connections as it may is refused more, others are served, and one that closes makes room',
  async () => {
    const name = 'opensag_connections_refused_total{reason="source"}'
    expect(await metric(name)).toBe(0)
    const open = await fill('127.0.0.2')
    expect(open.length).toBeGreaterThanOrEqual(most)
    expect(await opened('127.0.0.3')).toBeDefined()
    for (let time = 0; time < 20; time++) await opened('127.0.0.2')
    expect(await metric(name)).toBeGreaterThanOrEqual(2)

    for (const socket of open) socket.destroy()
    let again: Socket | undefined
    // The server hears of it a moment later.
    for (let time = 0; time < 1000 && again === undefined; time++) again = await opened('127.0.0.2')
    expect(again).toBeDefined()

    const lines = running.output().split('\n')
    expect(lines.filter((line) => line.includes('one address holds as many connections as it may'))).toHaveLength(1)
  },
  limit(60_000),
)
