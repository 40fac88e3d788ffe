import { once } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { Agent, request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeCertificate } from '../../../test/support/certificate.ts'
import { until } from '../../../test/support/time.ts'
import { operatorPath } from './operator/socket-path.ts'
import { signV1, urlencoded } from './rpc/testing/signing-client.suite.ts'
import type { RunningServer, ServerOptions } from './server-options.ts'
import { startServer } from './start.ts'
import { storeOf } from './store/testing/database.suite.ts'

let data: string
const running: RunningServer[] = []

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'opensag-start-'))
})
afterEach(async () => {
  for (const server of running.splice(0)) await server.close()
  await rm(data, { recursive: true, force: true })
})

async function start(more: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const server = await startServer({
    data,
    host: '127.0.0.1',
    port: 0,
    regionId: 'cn-shanghai',
    heartbeatMs: 15_000,
    answerMs: 2000,
    logger: pino({ level: 'silent' }),
    ...storeOf(more.data ?? data),
    ...more,
  })
  running.push(server)
  return server
}

interface Answer {
  readonly status: number | undefined
  readonly body: string
}

function ask(options: object, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const make = 'ca' in options ? httpsRequest : httpRequest
    const call = make({ method: 'POST', path: '/', ...options }, (answer) => {
      let text = ''
      answer.on('data', (chunk) => {
        text += chunk
      })
      answer.once('end', () => resolve({ status: answer.statusCode, body: text }))
    })
    call.once('error', reject)
    call.end(body)
  })
}

/** Everything the server says on a connection until it ends it. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (chunk) => {
      heard += chunk
    })
    socket.once('error', reject)
    socket.once('end', () => {
      socket.destroy()
      resolve(heard)
    })
  })
}

const operator = (name: string, input: unknown): Promise<Answer> =>
  ask(
    {
      socketPath: join(data, 'operator.sock'),
      path: operatorPath(name),
      headers: { 'content-type': 'application/json' },
    },
    JSON.stringify(input),
  )

describe('starting a server', () => {
  test('the first start gives out one key pair, later ones none', async () => {
    const first = await start()
    expect(first.firstCredentials).toMatchObject({
      accountId: expect.stringMatching(/^\d{16}$/),
      regionId: 'cn-shanghai',
    })
    await running.pop()?.close()
    expect((await start()).firstCredentials).toBeUndefined()
  })

  test('is healthy when it listens, or when whoever started it says so', async () => {
    let ready = false
    const { url } = await start({ isReady: () => ready })
    expect((await fetch(`${url}/healthz`)).status).toBe(503)
    ready = true
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    await running.pop()?.close()
    expect((await fetch(`${(await start()).url}/healthz`)).status).toBe(200)
  })

  test('with too little free disk it serves, says so, and is not ready', async () => {
    const { url } = await start({ diskFloor: 100, freeBytes: async () => 99 })
    const ready = await fetch(`${url}/readyz`)
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'not ready', because: ['disk'] }])
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    await running.pop()?.close()
    const again = await start({ diskFloor: 100, freeBytes: async () => 100, isReady: () => true })
    const answer = await fetch(`${again.url}/readyz`)
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ready' }])
  })

  test('a server that is still starting is not ready, and says so', async () => {
    const { url } = await start({ isReady: () => false })
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'not ready', because: ['starting'] })
  })

  test('refuses to listen beyond this machine without TLS or a trusted proxy, before it makes anything', async () => {
    for (const host of ['0.0.0.0', '127.example.com']) {
      await expect(start({ host })).rejects.toThrow('--tls-cert')
    }
  })

  test('a second server on the same folder is refused and the first goes on', async () => {
    const { url } = await start()
    await expect(start()).rejects.toThrow(data)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })

  test('a port in use is told, and the folder is free again', async () => {
    const { url } = await start()
    const other = await mkdtemp(join(tmpdir(), 'opensag-start-'))
    const port = Number(new URL(url).port)
    await expect(start({ data: other, port })).rejects.toThrow('EADDRINUSE')
    await start({ data: other })
    await running.pop()?.close()
    await rm(other, { recursive: true })
  })

  test('only a trusted proxy may connect, and it says which host the client called', async () => {
    const { url } = await start({ trustedProxies: ['192.0.2.1', '192.0.2.128/25'] })
    await expect(fetch(url)).rejects.toThrow()
    await running.pop()?.close()

    const { port } = new URL((await start({ trustedProxies: ['127.0.0.1'] })).url)
    const headers = { 'x-forwarded-host': 'evil.example, sag.example.com', 'x-forwarded-proto': 'https' }
    const { body } = await ask({ host: '127.0.0.1', port, headers })
    expect(JSON.parse(body)).toMatchObject({
      HostId: 'sag.example.com',
      Recommend: expect.stringMatching(/^https:\/\/sag\.example\.com\/errors\//),
    })
  })

  test('no link in an answer leads to the site that a request names as its host, but for a name of this server', async () => {
    const { port } = new URL((await start()).url)
    for (const [host, named] of [
      ['evil.example', `127.0.0.1:${port}`],
      ['localhost:9', 'localhost:9'],
    ]) {
      for (const path of ['/', '/nowhere', '/%zz']) {
        const { body } = await ask({ host: '127.0.0.1', port, path, headers: { host } })
        expect([path, JSON.parse(body).Recommend]).toEqual([path, expect.stringMatching(`^http://${named}/errors/`)])
      }
    }
  })

  test('a public URL is in every answer, and is what gateways are told', async () => {
    const { url } = await start({ publicUrl: 'https://SAG.example.com:8443/', trustedProxies: ['127.0.0.1'] })
    const { port } = new URL(url)
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' }
    for (const path of ['/', '/nowhere', '/%zz']) {
      const { body } = await ask({ host: '127.0.0.1', port, path, headers })
      const { HostId, Recommend } = JSON.parse(body)
      expect([HostId, Recommend]).toEqual([
        'sag.example.com',
        expect.stringMatching('^https://sag.example.com:8443/errors/'),
      ])
    }
    expect(await raw(Number(port), 'nonsense\r\n\r\n')).toContain('"Recommend":"https://sag.example.com:8443/errors/')
    const input = { name: 'branch', model: 'sag-1000', cidr: ['10.1.0.0/24'] }
    expect((await operator('gateway add', input)).body).toContain('--server wss://sag.example.com:8443')
  })

  test('a public URL that is none is refused before anything is made', async () => {
    await expect(start({ publicUrl: 'sag.example.com' })).rejects.toThrow('--public-url')
  })

  test('an upgrade nobody offers, and a tunnel, are answered like every broken request, in their turn', async () => {
    const { url } = await start()
    const { port } = new URL(url)
    for (const head of [
      'POST / HTTP/1.1\r\nUpgrade: h2c',
      'GET /nope HTTP/1.1\r\nUpgrade: websocket',
      'CONNECT a:1 HTTP/1.1',
    ]) {
      const text = await raw(Number(port), `${head}\r\nHost: a\r\nConnection: Upgrade\r\n\r\n`)
      const [, body = ''] = text.split('\r\n\r\n')
      expect(text).toMatch(/^HTTP\/1\.1 400 /)
      expect(JSON.parse(body)).toMatchObject({
        Code: 'InvalidRequest',
        Recommend: `http://127.0.0.1:${port}/errors/InvalidRequest`,
      })
    }
  })

  test('somebody who connects and sends nothing does not keep it from stopping, nor its successor from starting', async () => {
    const server = await start()
    const silent = connect(Number(new URL(server.url).port), '127.0.0.1')
    await once(silent, 'connect')
    await server.close()
    running.splice(0)
    await start()
  })

  test('what is neither address nor CIDR block is no proxy', async () => {
    for (const proxy of ['proxy.example.com', '10.0.0.5/', '10.0.0.5/33', '0.0.0.0/0', '10.0.0.5/8/8', '::1/129']) {
      await expect(start({ trustedProxies: [proxy] })).rejects.toThrow(`"${proxy}"`)
    }
  })

  test('a renewed certificate serves new connections, and those that are open stay open', async () => {
    const [first, second] = ['first', 'second'].map((name) => {
      mkdirSync(join(data, name))
      const { cert, key } = makeCertificate(join(data, name), '127.0.0.1')
      return { cert: readFileSync(cert), key: readFileSync(key) }
    })
    if (first === undefined || second === undefined) throw new Error('unreachable')
    const { url, renewCertificate } = await start({ host: '0.0.0.0', tls: first })
    const { port } = new URL(url)
    const open = new Agent({ keepAlive: true, maxSockets: 1 })
    const asked = (ca: Buffer, agent?: Agent) => ask({ host: '127.0.0.1', port, ca, ...(agent ? { agent } : {}) })
    expect((await asked(first.cert, open)).status).toBe(400)
    renewCertificate(second)
    expect((await asked(first.cert, open)).status).toBe(400)
    expect((await asked(second.cert)).status).toBe(400)
    await expect(asked(first.cert)).rejects.toThrow('self-signed certificate')
    expect(() => renewCertificate({ cert: second.cert, key: first.key })).toThrow()
    expect((await asked(second.cert)).status).toBe(400)
    open.destroy()
  })

  test('a name of the certificate is one of the server, also after the certificate was renewed', async () => {
    const [first, second] = ['first.example', 'second.example'].map((name) => {
      mkdirSync(join(data, name))
      const { cert, key } = makeCertificate(join(data, name), name)
      return { cert: readFileSync(cert), key: readFileSync(key) }
    })
    if (first === undefined || second === undefined) throw new Error('unreachable')
    const { url, renewCertificate } = await start({ host: '0.0.0.0', tls: first })
    const { port } = new URL(url)
    const hostsOf = async (ca: Buffer): Promise<readonly string[]> => {
      const hosts: string[] = []
      for (const host of ['first.example', 'second.example', '127.0.0.2']) {
        const tls = { ca, checkServerIdentity: () => undefined }
        const { body } = await ask({ host: '127.0.0.1', port, headers: { host }, ...tls })
        hosts.push(new URL(JSON.parse(body).Recommend).host)
      }
      return hosts
    }
    const reached = `127.0.0.1:${port}`
    expect(await hostsOf(first.cert)).toEqual(['first.example', reached, '127.0.0.2'])
    renewCertificate(second)
    expect(await hostsOf(second.cert)).toEqual([reached, 'second.example', '127.0.0.2'])
  })

  test('ends TLS itself when it has a certificate', async () => {
    const { cert, key } = makeCertificate(data, '127.0.0.1')
    const tls = { key: await readFile(key), cert: await readFile(cert) }
    const { url } = await start({ host: '0.0.0.0', tls })
    const answer = await ask({ host: '127.0.0.1', port: new URL(url).port, ca: tls.cert })
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.body).Recommend).toMatch(/^https:/)
  })
})

describe('a failed authentication', () => {
  test('is a metric at once, and in the audit trail when the server stops', async () => {
    const { url } = await start()
    const target = `${url}/?${urlencoded(signV1({ accessKeyId: 'LTAI5tNobody', secret: 'x' }, { Action: 'DescribeRegions', Version: '2018-03-13' }, { now: Date.now() }))}`
    for (let attempt = 0; attempt < 3; attempt++) expect((await fetch(target)).status).toBe(404)
    const { body } = await ask({ socketPath: join(data, 'operator.sock'), path: '/metrics', method: 'GET' })
    const labels = 'action="AuthenticateCall",reason="InvalidAccessKeyId.NotFound"'
    expect(body).toContain(`opensag_authentication_failures_total{${labels}} 3`)
    expect((await fetch(`${url}/metrics`)).status).toBe(404)
    await running.pop()?.close()
    await start()
    const lines = (await operator('audit export', {})).body.trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { action: 'AuthenticateCall', outcome: 'InvalidAccessKeyId.NotFound', accessKeyId: 'LTAI5tNobody', times: 3 },
    ])
  })
})

describe('a server that is told to stop', () => {
  test('is not ready, takes no more calls, and answers one that it has taken before it closes', async () => {
    const { url, close } = await start()
    running.pop()
    const port = Number(new URL(url).port)
    const socket = connect(port, '127.0.0.1')
    let heard = ''
    socket.on('data', (chunk) => {
      heard += chunk
    })
    const ended = once(socket, 'close')
    // Its body comes only when the server stops.
    const type = 'content-type: text/plain\r\ncontent-length: 1'
    socket.write(`POST / HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\n${type}\r\n\r\n`)
    await until('its head is taken', () => heard.includes('100 Continue'))
    const closed = close()
    const ready = await fetch(`${url}/readyz`)
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'not ready', because: ['draining'] }])
    expect((await fetch(`${url}/livez`)).status).toBe(200)
    const { status, body } = await ask({ host: '127.0.0.1', port })
    expect([status, JSON.parse(body).Code]).toEqual([503, 'ServiceUnavailable'])
    socket.write('x')
    await closed
    await ended
    expect(heard).toContain('HTTP/1.1 400')
  })
})

describe('the log', () => {
  test('names the node in each line, and its level is changed while the server runs', async () => {
    const lines: { readonly msg: string; readonly node?: string }[] = []
    const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) })
    const { url } = await start({ logger })
    await fetch(url)
    expect(lines.filter(({ msg }) => msg === 'refused')).toEqual([])
    expect(JSON.parse((await operator('log-level show', {})).body)).toEqual({ level: 'warn' })
    const changed = await operator('log-level set', { level: 'debug' })
    expect([changed.status, JSON.parse(changed.body)]).toEqual([200, { level: 'debug', before: 'warn' }])
    await fetch(url)
    const node = (await readFile(join(data, 'node.id'), 'utf8')).trim()
    expect(lines.filter(({ msg }) => msg === 'refused')).toMatchObject([{ node }])
    expect((await operator('log-level set', { level: 'loud' })).status).toBe(400)
    expect(logger.level).toBe('debug')
  })
})

describe('what a server does', () => {
  test('is shown at /metrics: calls by operation and code, their time, commits, the process', async () => {
    const { url, firstCredentials } = await start()
    if (firstCredentials === undefined) throw new Error('unreachable')
    const key = { accessKeyId: firstCredentials.accessKeyId, secret: firstCredentials.accessKeySecret.reveal() }
    const given = { Action: 'DescribeRegions', Version: '2018-03-13', RegionId: 'cn-shanghai' }
    const answer = await fetch(`${url}/?${urlencoded(signV1(key, given, { method: 'GET', now: Date.now() }))}`)
    expect([answer.status, await answer.text()]).toEqual([200, expect.anything()])
    const { body } = await ask({ socketPath: join(data, 'operator.sock'), path: '/metrics', method: 'GET' })
    for (const line of [
      'opensag_calls_total{operation="DescribeRegions",code="OK"} 1',
      'opensag_call_duration_seconds_count{operation="DescribeRegions"} 1',
      'opensag_calls_in_progress 0',
      'opensag_store_works_waiting 0',
      'opensag_password_changes_total{outcome="accepted"} 0',
    ]) {
      expect(body.split('\n')).toContain(line)
    }
    expect(body).toMatch(/^opensag_store_commits_total [1-9]/m)
    expect(body).toMatch(/^opensag_store_commit_duration_seconds_count [1-9]/m)
    expect(body).toMatch(/^process_resident_memory_bytes \d+$/m)
  })
})

describe('the operator side', () => {
  test('is on a socket for its owner alone and never on the public port', async () => {
    const { url } = await start()
    expect((await operator('device list', {})).body).toBe('[]')
    expect((await fetch(`${url}/device/list`, { method: 'POST' })).status).toBe(404)
  })

  test('tells what is wrong with an input', async () => {
    await start()
    const { status, body } = await operator('device add', { serial: '!', model: 'sag-2000' })
    expect(status).toBe(400)
    expect(JSON.parse(body).error).toMatch(/--serial: .*--model must be one of /s)
  })

  test('gives an account whose key pair is lost another one', async () => {
    const { firstCredentials } = await start()
    const [account] = JSON.parse((await operator('account list', {})).body)
    expect(account).toMatchObject({ accountId: firstCredentials?.accountId })
    const made = JSON.parse((await operator('account key', { accountId: account.accountId })).body)
    expect(made).toMatchObject({ accountId: account.accountId, accessKeyId: expect.stringMatching(/^LTAI/) })
    expect(made.accessKeyId).not.toBe(firstCredentials?.accessKeyId)
    expect((await operator('account key', { accountId: '1234567890123456' })).status).toBe(409)
  })

  test('tells what the state does not allow', async () => {
    await start()
    const device = { serial: 'sag00000001', model: 'sag-1000' }
    expect((await operator('device add', device)).status).toBe(200)
    for (const [name, input, why] of [
      ['device add', device, 'already'],
      ['device reenrol', { serial: 'sag00000002' }, 'is not in the inventory'],
      ['order pay', { id: 'sag-none' }, 'does not exist'],
      ['device power', { serial: 'sag00000001', state: 'off' }, 'sandbox only'],
      ['clock advance', { days: 1 }, 'sandbox only'],
    ] as const) {
      const { status, body } = await operator(name, input)
      expect([name, status]).toEqual([name, 409])
      expect(JSON.parse(body).error).toContain(why)
    }
  })
})
