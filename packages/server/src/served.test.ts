import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemTimers } from '@opensag/protocol'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Credentials } from '../../../test/support/sandbox.ts'
import { purchase, send, signedBody } from '../../../test/support/signed-request.ts'
import { until } from '../../../test/support/time.ts'
import { maintainConnection } from '../../agent/src/connection.ts'
import { noUpgrade } from '../../agent/src/connection-socket.ts'
import { createMemoryDisk } from '../../agent/src/disk.ts'
import type { RunningServer, ServerOptions } from './server-options.ts'
import { startServer } from './start.ts'
import { storeOf } from './store/testing/database.suite.ts'

let data: string
let server: RunningServer | undefined
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'opensag-served-'))
})
afterEach(async () => {
  await server?.close()
  server = undefined
  await rm(data, { recursive: true, force: true })
})

async function start(more: Partial<ServerOptions> = {}): Promise<RunningServer> {
  server = await startServer({
    ...{ data, host: '127.0.0.1', port: 0, regionId: 'cn-shanghai', heartbeatMs: 15_000 },
    logger: pino({ level: 'silent' }),
    ...storeOf(more.data ?? data),
    ...more,
  })
  return server
}

function keyOf({ url, firstCredentials }: RunningServer): Credentials {
  if (firstCredentials === undefined) throw new Error('The first start made no account.')
  return { ...firstCredentials, accessKeySecret: firstCredentials.accessKeySecret.reveal(), endpoint: url }
}

test('a server without a shop expires nothing that was sold before', async () => {
  const first = await start({ shop: true })
  const key = keyOf(first)
  const { url } = first
  const created = await send(url, signedBody(key, 'CreateSmartAccessGateway', purchase))
  const params = { SmartAGId: String(created.body['SmartAGId']) }
  await send(url, signedBody(key, 'ActivateSmartAccessGateway', params))
  async function endTime(endpoint: string) {
    return (await send(endpoint, signedBody(key, 'DescribeSmartAccessGatewayAttribute', params))).body['EndTime']
  }
  expect(await endTime(url)).toEqual(expect.any(Number))
  await server?.close()
  expect(await endTime((await start({ shop: true })).url)).toEqual(expect.any(Number))
  await server?.close()
  expect(await endTime((await start()).url)).toBeUndefined()
})

test('one missing parameter is answered, and the page behind Recommend names them all', async () => {
  const running = await start()
  const { url } = running
  const key = keyOf(running)
  const { HardWareSpec: _, ReceiverZip: __, ...rest } = purchase
  const { body } = await send(url, signedBody(key, 'CreateSmartAccessGateway', rest))
  expect(body).toMatchObject({ Code: 'MissingHardWareSpec', Message: 'HardWareSpec is mandatory for this action.' })
  const page = await (await fetch(String(body['Recommend']))).text()
  expect(page).toContain('required parameters: <code>HardWareSpec</code>, <code>ReceiverZip</code></p>')
  const { body: one } = await send(url, signedBody(key, 'ActivateSmartAccessGateway', {}))
  expect(one['Recommend']).toBe(`${url}/errors/MissingSmartAGId`)
})

test('HEAD is answered as GET is, without the body', async () => {
  const { url } = await start()
  const paths = ['/healthz', '/readyz', '/console', '/console/', '/errors/SAG.InstanceNoFound', '/errors/Nonsense']
  for (const path of [...paths, '/pages.css', '/api-reference.json', '/app/session', '/channel', '/']) {
    const asked = async (method: string) => {
      const headers = { accept: 'text/html', 'accept-encoding': 'identity' }
      const answer = await fetch(url + path, { method, redirect: 'manual', headers })
      const { status } = answer
      const told = ['content-type', 'content-length', 'location', 'etag', 'cache-control'].map(
        (name) => answer.headers.get(name)?.replace(/^0$/, '') || null,
      )
      return { path, status, told, body: await answer.text() }
    }
    const { body, ...head } = await asked('HEAD')
    expect(body).toBe('')
    const { body: _, ...get } = await asked('GET')
    expect(head).toEqual(get)
  }
})

test('a gateway whose proxy passes on no Upgrade is told so, and the log of both sides', async () => {
  const logged: Record<string, unknown>[] = []
  const into = (side: string) =>
    pino({ level: 'warn' }, { write: (line: string) => void logged.push({ side, ...JSON.parse(line) }) })
  const { url } = await start({ logger: into('server') })
  expect((await fetch(`${url}/channel`)).status).toBe(426)
  expect(logged).toEqual([])
  // As HTTP allows it, it drops what is meant for the next hop only.
  const proxy = createServer(({ url: path, headers: { upgrade: _, connection: __, ...headers } }, answer) => {
    httpRequest(url + path, { headers }, (incoming) => {
      const { upgrade: _, connection: __, ...kept } = incoming.headers
      answer.writeHead(incoming.statusCode ?? 500, kept)
      incoming.pipe(answer)
    }).end()
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const disk = createMemoryDisk()
  const reasons: string[] = []
  const gateway = maintainConnection({
    url: `ws://127.0.0.1:${(proxy.address() as AddressInfo).port}/channel`,
    serial: 'sag0000001',
    disk,
    adminPassword: {} as never,
    desiredConfig: { trial: () => 0, afterTrials: () => 0, onTell: () => {}, onTrial: () => {} } as never,
    report: () => ({}) as never,
    // The next attempt follows at once.
    timers: { ...systemTimers, after: (ms, run) => systemTimers.after(ms >= 30_000 ? ms : 1, run) },
    random: randomBytes,
    logger: into('gateway'),
    onState: (state) => 'reason' in state && void reasons.push(state.reason),
  })
  await until('several attempts', () => reasons.length > 3)
  await gateway.close()
  proxy.close()
  expect(new Set(reasons)).toEqual(new Set([noUpgrade]))
  expect(logged).toEqual([
    expect.objectContaining({
      side: 'server',
      level: 40,
      source: '127.0.0.1',
      msg: expect.stringContaining('without Upgrade'),
    }),
    expect.objectContaining({ side: 'gateway', level: 40, reason: noUpgrade }),
  ])
})
