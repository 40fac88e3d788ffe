import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttp } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTls } from 'node:tls'
import { Worker } from 'node:worker_threads'
import { systemTimers, type Timers } from '@opensag/protocol'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { makeCertificate } from '../../../../test/support/certificate.ts'
import { batch } from '../../../../test/support/forwarded.ts'
import { createSyslog } from './syslog.ts'
import { targetOf } from './target.ts'

// Deliveries to listeners of the system. Those of syslog have a thread of their own: they act while a delivery does.

let folder: string
let ca: string
let privateKey: string
let other: string
const never = new AbortController().signal
const closing: (() => unknown)[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-deliver-'))
  const strange = makeCertificate(folder, '127.0.0.1')
  other = join(folder, 'other.pem')
  await writeFile(other, await readFile(strange.cert))
  const made = makeCertificate(folder, '127.0.0.1')
  ca = made.cert
  privateKey = made.key
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

type Behaviour = 'reads all' | 'resets at the first bytes' | 'ends, then resets' | 'ends before reading'

const receiver = `
const { createServer: createTcp } = require('node:net')
const { TLSSocket } = require('node:tls')
const { parentPort, workerData } = require('node:worker_threads')
const { tls, does } = workerData
const server = createTcp({ allowHalfOpen: true }, (raw) => {
  raw.on('error', () => {})
  if (does === 'ends before reading') return raw.end()
  const socket = tls === undefined ? raw : new TLSSocket(raw, { isServer: true, ...tls })
  socket.on('error', () => {})
  let bytes = 0
  socket.on('data', (chunk) => {
    bytes += chunk.length
    if (does === 'resets at the first bytes') raw.resetAndDestroy()
    if (does === 'ends, then resets') {
      raw.end()
      parentPort.once('message', () => {
        raw.resetAndDestroy()
        parentPort.postMessage({ isReset: true })
      })
    }
  })
  socket.on('end', () => {
    if (does !== 'reads all') return
    parentPort.postMessage({ bytes })
    socket.end()
    raw.end()
  })
})
server.listen(0, '127.0.0.1', () => parentPort.postMessage({ port: server.address().port }))
`

async function listen(does: Behaviour, isSealed: boolean): Promise<{ readonly worker: Worker; readonly port: number }> {
  const tls = isSealed ? { cert: await readFile(ca, 'utf8'), key: await readFile(privateKey, 'utf8') } : undefined
  const worker = new Worker(receiver, { eval: true, workerData: { tls, does } })
  closing.push(() => worker.terminate())
  const [{ port }] = await once(worker, 'message')
  return { worker, port }
}

async function syslogTo(port: number, isSealed: boolean, timers: Timers = systemTimers) {
  const tls = isSealed ? { ca: await readFile(ca), host: '127.0.0.1', servername: '' } : undefined
  return createSyslog({ host: '127.0.0.1', port, tls, timers })
}

for (const isSealed of [true, false]) {
  const over = isSealed ? 'TLS' : 'TCP'

  test(`over ${over}, a receiver that reads to the end has the batch`, async () => {
    const { worker, port } = await listen('reads all', isSealed)
    const read = once(worker, 'message')
    await (await syslogTo(port, isSealed)).deliver(batch([1, 2, 3]), never)
    expect((await read)[0].bytes).toBeGreaterThan(300)
  })

  test.each<Behaviour>(['resets at the first bytes', 'ends before reading'])(
    `over ${over}, a receiver that %s does not have the batch`,
    async (does) => {
      const { port } = await listen(does, isSealed)
      const target = await syslogTo(port, isSealed)
      // More than the system holds for a receiver that does not read.
      const large = batch([1], { filler: 'x'.repeat(8 * 1024 * 1024) })
      await expect(target.deliver(large, never)).rejects.toThrow()
      if (!isSealed) return
      // So little that close_notify is on its way when the reset comes.
      for (let count = 0; count < 20; count++) await expect(target.deliver(batch([count]), never)).rejects.toThrow()
    },
  )
}

test('over TLS, a receiver that ends and then resets does not have the batch', async () => {
  const { worker, port } = await listen('ends, then resets', true)
  const timers: Timers = {
    ...systemTimers,
    after(_ms, run) {
      // The round trip is over when the reset has come.
      worker.once('message', () => setImmediate(run))
      worker.postMessage('reset')
      return () => {}
    },
  }
  await expect((await syslogTo(port, true, timers)).deliver(batch([1]), never)).rejects.toThrow()
})

test('a delivery ends at once when it is aborted', async () => {
  const { port } = await listen('ends, then resets', true)
  const ending = new AbortController()
  const timers: Timers = {
    ...systemTimers,
    after() {
      ending.abort(new Error('too late'))
      return () => {}
    },
  }
  await expect((await syslogTo(port, true, timers)).deliver(batch([1]), ending.signal)).rejects.toThrow('too late')
})

test('a receiver asks for a certificate and gets it; one whose certificate is strange gets no entry', async () => {
  const [cert, key] = [await readFile(ca), await readFile(privateKey)]
  let received = 0
  const server = createTls({ cert, key, ca: [cert], requestCert: true, rejectUnauthorized: true }, (socket) => {
    socket.on('error', () => {})
    socket.on('data', () => {
      received += 1
    })
  })
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close())
  const to = `syslogs://127.0.0.1:${(server.address() as AddressInfo).port}`
  const shown = { tlsCert: ca, tlsKey: privateKey }
  await (await targetOf({ to, ca, ...shown })).deliver(batch([1]), never)
  expect(received).toBeGreaterThan(0)
  received = 0
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  closing.push(() => vi.unstubAllEnvs())
  await expect((await targetOf({ to, ca })).deliver(batch([1]), never)).rejects.toThrow()
  await expect((await targetOf({ to, ca: other, ...shown })).deliver(batch([1]), never)).rejects.toThrow()
  await expect((await targetOf({ to, ...shown })).deliver(batch([1]), never)).rejects.toThrow('self-signed')
  expect(received).toBe(0)
})

test('a webhook takes a batch with a status of 2xx alone, and gets the token and what is missing', async () => {
  const keyFile = join(folder, 'hook.key')
  const tokenFile = join(folder, 'hook.token')
  await writeFile(keyFile, 'x'.repeat(32), { mode: 0o600 })
  await writeFile(tokenFile, 'hidden\n', { mode: 0o600 })
  let body = ''
  const tokens = new Set<string | undefined>()
  const hook = createHttp((request, response) => {
    tokens.add(request.headers.authorization)
    body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => response.writeHead(Number(request.url?.slice(1)), { location: '/200' }).end())
  }).listen(0, '127.0.0.1')
  await once(hook, 'listening')
  closing.push(() => hook.close())
  const { port } = hook.address() as AddressInfo
  const sent = { ...batch([4, 5]), gap: { after: 1, through: 3 } }
  const deliver = async (status: number): Promise<void> =>
    (await targetOf({ to: `http://127.0.0.1:${port}/${status}`, keyFile, tokenFile })).deliver(sent, never)
  await deliver(200)
  expect(JSON.parse(body)).toMatchObject({ trail: 'key.0', gap: sent.gap, entries: [{ id: 4 }, { id: 5 }] })
  await deliver(204)
  for (const status of [302, 400, 503]) await expect(deliver(status)).rejects.toThrow(`status ${status}`)
  expect([...tokens]).toEqual(['Bearer hidden'])
})
