import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeCertificate } from '../support/certificate.ts'
import { opensag, type Running, runOpensag } from '../support/process.ts'
import { operatorOf, readCredentials } from '../support/sandbox.ts'

let data: string
let running: Running | undefined
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'opensag-reachable-'))
})
afterEach(async () => {
  await running?.stop()
  running = undefined
  await rm(data, { recursive: true, force: true })
})

/** The port of a sandbox whose whole fleet is up. */
async function start(...flags: readonly string[]): Promise<number> {
  running = runOpensag(['sandbox', '--data', join(data, 'sandbox'), '--host', '0.0.0.0', '--port', '0', ...flags])
  const [, port] = await running.printed(/is ready[\s\S]*API endpoint +\w+:\/\/0\.0\.0\.0:(\d+)/)
  return Number(port)
}

function health(options: object, request = httpRequest): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', path: '/healthz', agent: false, ...options }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
      .once('error', reject)
      .end()
  })
}

async function expectCallsWork(): Promise<void> {
  const folder = join(data, 'sandbox')
  expect((await operatorOf(folder).devices()).filter(({ online }) => online)).toHaveLength(7)
  // The file is for programs of this machine, whatever the sandbox shows to the others.
  expect((await readCredentials(folder)).endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  const { code, output } = await opensag(['call', 'DescribeSmartAccessGateways', '--data', folder])
  expect({ code, total: JSON.parse(output).TotalCount }).toEqual({ code: 0, total: 6 })
}

test('a sandbox is open to other machines under TLS only, and its own gateways come in without', async () => {
  const { cert, key } = makeCertificate(data, '127.0.0.1')
  const port = await start('--tls-cert', cert, '--tls-key', key)
  expect(await health({ port, ca: readFileSync(cert) }, httpsRequest as typeof httpRequest)).toBe(200)
  await expect(health({ port })).rejects.toThrow()
  await expectCallsWork()
})

test('behind a proxy that ends TLS nobody else comes in, but for its own gateways', async () => {
  const port = await start('--trusted-proxy', '127.0.0.2')
  expect(await health({ port, localAddress: '127.0.0.2' })).toBe(200)
  await expect(health({ port })).rejects.toThrow()
  await expectCallsWork()
})

test('without either it does not start, as no server does', async () => {
  const { code, errors } = await opensag(['sandbox', '--data', data, '--host', '0.0.0.0', '--port', '0'])
  expect({ code, errors }).toEqual({ code: 2, errors: expect.stringContaining('needs TLS') })
})
