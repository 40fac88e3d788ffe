import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttp } from 'node:http'
import type { AddressInfo, Server, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTls } from 'node:tls'
import { Secret } from '@opensag/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiKey, callApi } from '../../packages/cli/src/api-client.ts'
import { makeCertificate } from '../support/certificate.ts'
import { opensag, type Running, runOpensag } from '../support/process.ts'
import { readCredentials } from '../support/sandbox.ts'
import { limit, until } from '../support/time.ts'

// A real server, a forwarder that is killed, and receivers that are killed in the middle of what they read.

let folder: string
let data: string
let server: Running
let key: ApiKey & { readonly regionId: string }
const running = new Set<Running>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-forward-'))
  data = join(folder, 'server')
  const credentials = join(data, 'credentials.json')
  server = run(['server', '--data', data, '--port', '0', '--write-credentials', credentials])
  const [, endpoint = ''] = await server.printed(/listens on (http:\S+)/)
  const found = await readCredentials(data)
  key = { ...found, endpoint, accessKeySecret: Secret.of(found.accessKeySecret) }
}, limit(60_000))

afterAll(async () => {
  for (const one of running) await one.kill()
  await rm(folder, { recursive: true, force: true })
})

function run(args: readonly string[]): Running {
  const one = runOpensag(args)
  running.add(one)
  return one
}

/** So many more entries; answers the numbers of all there are. */
async function call(times: number): Promise<readonly number[]> {
  for (let count = 0; count < times; count++) await callApi(key, 'DescribeRegions', { RegionId: key.regionId })
  return entries()
}

async function entries(): Promise<readonly number[]> {
  const { output } = await opensag(['operator', 'audit', 'export', '--data', data])
  return output
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: number }).id)
}

async function expectAll(wanted: readonly number[], received: () => readonly number[]): Promise<void> {
  await until(
    'every entry has arrived',
    async () => {
      const have = new Set(received())
      return wanted.every((id) => have.has(id)) || undefined
    },
    limit(60_000),
  )
}

test(
  'syslog over TLS: nothing is lost when receiver and forwarder are killed, and what comes again has its number',
  async () => {
    const { cert, key: privateKey } = makeCertificate(folder, '127.0.0.1')
    const tls = { cert: await readFile(cert), key: await readFile(privateKey) }
    const received: number[] = []
    const raw = new Map<number | undefined, Socket>()
    let connections = 0
    /** Every other connection ends as that of a process that is killed before it has read everything. */
    function listen(port: number): Server {
      const receiver = createTls(tls, (socket) => {
        const chunks: Buffer[] = []
        const dies = ++connections % 2 === 1
        const under = raw.get(socket.remotePort)
        socket.on('error', () => {})
        socket.on('data', (chunk: Buffer) => {
          if (dies) under?.resetAndDestroy()
          else chunks.push(chunk)
        })
        socket.on('end', () => {
          received.push(...idsIn(Buffer.concat(chunks)))
        })
      })
      receiver.on('connection', (socket) => {
        raw.set(socket.remotePort, socket)
        socket.on('error', () => {})
      })
      return receiver.listen(port, '127.0.0.1')
    }
    let receiver = listen(0)
    await once(receiver, 'listening')
    const { port } = receiver.address() as AddressInfo

    const state = join(folder, 'syslog')
    const forwarder = (): Running =>
      run([
        ...['audit', 'forward', '--to', `syslogs://127.0.0.1:${port}`, '--ca', cert, '--state', state, '--data', data],
      ])
    const first = forwarder()
    await expectAll(await call(8), () => received)
    // The receiver is away, and the forwarder is killed while it tries.
    await new Promise((resolve) => {
      receiver.close(resolve)
      for (const socket of raw.values()) socket.destroy()
    })
    await call(8)
    await first.kill()
    const second = forwarder()
    await second.printed(/Entries cannot be delivered/)
    receiver = listen(port)
    await expectAll(await call(8), () => received)
    await second.kill()

    for (const socket of raw.values()) socket.destroy()
    receiver.close()
  },
  limit(300_000),
)

test(
  'a webhook: nothing is lost when it fails, answers after having taken them, or the server restarts; each batch is signed',
  async () => {
    const secret = '0123456789abcdef0123456789abcdef'
    const keyFile = join(folder, 'hook.key')
    await writeFile(keyFile, `${secret}\n`, { mode: 0o600 })
    const received: number[] = []
    const forged: string[] = []
    let requests = 0
    const hook = createHttp((request, response) => {
      let body = ''
      request.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk
      })
      request.on('end', () => {
        const [, time, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(request.headers['x-opensag-signature'])) ?? []
        if (mac !== createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')) forged.push(body)
        const ids = (JSON.parse(body) as { entries: { id: number }[] }).entries.map(({ id }) => id)
        const turn = ++requests % 3
        if (turn === 1) return void response.writeHead(503).end()
        received.push(...ids)
        // They were taken, and the answer is lost.
        if (turn === 2) return void response.destroy()
        response.writeHead(200).end()
      })
    })
    hook.listen(0, '127.0.0.1')
    await once(hook, 'listening')
    const to = join(folder, 'hook.url')
    await writeFile(to, `http://127.0.0.1:${(hook.address() as AddressInfo).port}/audit?token=hidden\n`, {
      mode: 0o600,
    })
    const forwarder = run([
      ...['audit', 'forward', '--to', `@${to}`, '--key-file', keyFile, '--state', join(folder, 'hook'), '--data', data],
    ])
    await expectAll(await call(5), () => received)
    await server.kill()
    await forwarder.printed(/The server cannot be read/)
    const { port } = new URL(key.endpoint)
    server = run(['server', '--data', data, '--port', port])
    await server.printed(/listens on/)
    await expectAll(await call(5), () => received)
    expect(forged).toEqual([])
    const again = received.length - new Set(received).size
    expect(again).toBeGreaterThan(0)
    expect(forwarder.output()).not.toContain('hidden')
    await forwarder.stop()
    hook.close()
  },
  limit(300_000),
)

test(
  'a delivery under way is not counted when the forwarder is killed or told to stop, or the certificate is strange',
  async () => {
    const { cert, key: privateKey } = makeCertificate(folder, '127.0.0.1')
    let holds = true
    let begun = (): void => {}
    const received: number[] = []
    const tls = { cert: await readFile(cert), key: await readFile(privateKey), allowHalfOpen: true }
    const receiver = createTls(tls, (socket) => {
      const chunks: Buffer[] = []
      // What it got is lost with the connection, as in a process that dies before it stores anything.
      const keeps = !holds
      socket.on('error', () => {})
      socket.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        begun()
      })
      socket.on('end', () => {
        if (!keeps) return
        received.push(...idsIn(Buffer.concat(chunks)))
        socket.end()
      })
    })
    const sockets = new Set<Socket>()
    receiver.on('connection', (socket) => {
      sockets.add(socket)
      socket.on('error', () => {})
    })
    receiver.on('tlsClientError', () => {})
    receiver.listen(0, '127.0.0.1')
    await once(receiver, 'listening')
    const { port } = receiver.address() as AddressInfo
    const state = join(folder, 'stopped')
    const forwarder = (...more: readonly string[]): Running =>
      run(['audit', 'forward', '--to', `syslogs://127.0.0.1:${port}`, '--state', state, '--data', data, ...more])
    const isBegun = (): Promise<void> =>
      new Promise((resolve) => {
        begun = resolve
      })
    const wanted = await call(3)

    const strange = forwarder()
    await strange.printed(/Entries cannot be delivered: .*self-signed/)
    await strange.stop()

    for (const end of ['kill', 'stop'] as const) {
      const reading = isBegun()
      const one = forwarder('--ca', cert)
      await reading
      await one[end]()
      const { after } = JSON.parse(await readFile(join(state, 'cursor.json'), 'utf8')) as { after: number }
      expect(after).toBe(0)
    }

    holds = false
    const last = forwarder('--ca', cert)
    await expectAll(wanted, () => received)
    expect(await last.stop()).toBe(0)
    for (const socket of sockets) socket.destroy()
    receiver.close()
  },
  limit(300_000),
)

function idsIn(bytes: Buffer): readonly number[] {
  return [...bytes.toString('utf8').matchAll(/\[opensag@32473 trail="[!-~]+" id="(\d+)"\]/g)].map(([, id]) =>
    Number(id),
  )
}
