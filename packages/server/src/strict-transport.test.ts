import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeCertificate } from '../../../test/support/certificate.ts'
import type { RunningServer, ServerOptions } from './server-options.ts'
import { startServer } from './start.ts'
import { storeOf } from './store/testing/database.suite.ts'

let data: string
let server: RunningServer | undefined

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'opensag-hsts-'))
})
afterEach(async () => {
  await server?.close()
  await rm(data, { recursive: true, force: true })
})

/** The port it listens on. */
async function start(more: Partial<ServerOptions> = {}): Promise<string> {
  const usual = { data, host: '127.0.0.1', port: 0, regionId: 'cn-shanghai', heartbeatMs: 15_000 }
  server = await startServer({ ...usual, ...storeOf(data), logger: pino({ level: 'silent' }), ...more })
  return new URL(server.url).port
}

/** What the answer tells a browser about the next time. */
function told(options: {
  readonly port: string
  readonly path: string
  readonly ca?: Buffer
  readonly headers?: Readonly<Record<string, string>>
}) {
  return new Promise<string | undefined>((resolve, reject) => {
    const make = options.ca === undefined ? httpRequest : httpsRequest
    make({ host: '127.0.0.1', ...options }, (answer) => {
      answer.resume()
      resolve(answer.headers['strict-transport-security'])
    })
      .once('error', reject)
      .end()
  })
}

describe('a browser is told to come over TLS only (HSTS)', () => {
  test.each(['/console/', '/errors/InvalidParameter', '/'])('when the server ends TLS itself: %s', async (path) => {
    const { cert, key } = makeCertificate(data, '127.0.0.1')
    const tls = { key: await readFile(key), cert: await readFile(cert) }
    const port = await start({ host: '0.0.0.0', tls })
    expect(await told({ path, port, ca: tls.cert })).toBe('max-age=31536000')
  })

  test('when the trusted proxy says that it ended TLS, and not when it says that there was none', async () => {
    const port = await start({ trustedProxies: ['127.0.0.1'] })
    const path = '/console/'
    expect(await told({ path, port, headers: { 'x-forwarded-proto': 'https' } })).toBe('max-age=31536000')
    expect(await told({ path, port, headers: { 'x-forwarded-proto': 'http' } })).toBeUndefined()
    expect(await told({ path, port })).toBeUndefined()
  })

  test('not over plain HTTP on this machine, whatever a header says', async () => {
    const port = await start()
    expect(await told({ path: '/console/', port, headers: { 'x-forwarded-proto': 'https' } })).toBeUndefined()
  })
})
