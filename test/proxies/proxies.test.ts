// A server behind a proxy with the configuration of docs/behind-a-proxy.md, as callers and gateways see it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { whereIs } from '../cluster/lack.ts'
import { makeCertificate } from '../support/certificate.ts'
import { freePorts } from '../support/nats.ts'
import { opensag, type Running, runOpensag } from '../support/process.ts'
import { type Credentials, operatorOf, readCredentials } from '../support/sandbox.ts'
import { signedBody } from '../support/signed-request.ts'
import { until } from '../support/time.ts'
import { type Place, proxies, startCaddy } from './proxies.ts'

/** A server, the address its proxy will have, and the folder of a caller who knows that address only. */
interface Behind extends Place {
  readonly data: string
  readonly server: Running
  readonly key: Credentials
  readonly client: string
}

async function startBehind(): Promise<Behind> {
  const folder = await mkdtemp(join(tmpdir(), 'opensag-proxy-'))
  const [port = 0, upstream = 0] = await freePorts(2)
  const certificate = makeCertificate(folder, 'localhost')
  const data = join(folder, 'data')
  const url = `https://localhost:${port}`
  const server = runOpensag([
    ...['server', '--trusted-proxy', '127.0.0.1', '--public-url', url, '--data', data],
    ...['--port', String(upstream), '--write-credentials', join(folder, 'credentials.json')],
  ])
  await server.printed(/listens on/)
  const key = { ...(await readCredentials(folder)), endpoint: url }
  const client = join(folder, 'client')
  mkdirSync(client)
  writeFileSync(join(client, 'credentials.json'), JSON.stringify(key), { mode: 0o600 })
  return { folder, port, upstream, certificate, data, server, key, client }
}

/** A call signed with V3, as the program makes it. */
function call({ client, certificate }: Behind, args: readonly string[], input = ''): ReturnType<typeof opensag> {
  const environment = { NODE_EXTRA_CA_CERTS: certificate.cert }
  return opensag(['call', ...args, '--data', client], { input, environment })
}

async function isUp(behind: Behind): Promise<boolean> {
  return (await call(behind, ['DescribeRegions'])).code === 0
}

describe.each(proxies)('$name', ({ name, package: needed, start }) => {
  const isThere = whereIs(name) !== undefined
  const title = (text: string): string => (isThere ? text : `${text} (to enable: apt-get install -y ${needed})`)
  let behind: Behind
  let proxy: Running
  let agent: Running | undefined

  beforeAll(async () => {
    if (!isThere) return
    behind = await startBehind()
    proxy = start(behind)
    await until(`${name} to lead calls on`, () => isUp(behind))
  })
  afterAll(async () => {
    await Promise.all([agent?.stop(), proxy?.stop(), behind?.server.stop()])
    if (behind) await rm(behind.folder, { recursive: true, force: true })
  })

  test.skipIf(!isThere)(title('a gateway connects through it, and a call changes its password'), async () => {
    const { operator, device } = operatorOf(behind.data)
    const serial = 'sagproxy0001'
    const { instanceId, enrolmentKey } = await operator<{ readonly instanceId: string; readonly enrolmentKey: string }>(
      ...['gateway', 'add', '--name', 'branch', '--model', 'sag-1000', '--cidr', '10.0.0.0/24', '--serial', serial],
    )
    const keyFile = join(behind.folder, 'enrolment-key')
    writeFileSync(keyFile, enrolmentKey, { mode: 0o600 })
    agent = runOpensag([
      ...['agent', '--server', `wss://localhost:${behind.port}`, '--ca', behind.certificate.cert, '--serial', serial],
      ...['--data', join(behind.folder, 'agent'), '--enrolment-key-file', keyFile],
    ])
    await device(serial)
    const params = [`SmartAGId=${instanceId}`, `SmartAGSn=${serial}`, 'Password=@-']
    const changed = await call(behind, ['ModifySAGAdminPassword', ...params], 'Through_a_proxy1\n')
    expect({ code: changed.code, errors: changed.errors }).toEqual({ code: 0, errors: '' })
    expect((await device(serial, ({ adminPassword }) => adminPassword === 'Changed')).online).toBe(true)
  })

  test.skipIf(!isThere)(title('the audit trail has the address of the caller, whatever headers it sends'), async () => {
    const { port, certificate, key, data } = behind
    const forged = { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9', 'x-real-ip': '203.0.113.9' }
    const body = signedBody(key, 'DescribeSmartAccessGateways', { PageSize: '7' })
    const status = await new Promise((resolve, reject) => {
      const at = { host: '127.0.0.1', servername: 'localhost', port, ca: readFileSync(certificate.cert) }
      const headers = { ...forged, host: `localhost:${port}`, 'content-type': 'application/x-www-form-urlencoded' }
      request({ ...at, method: 'POST', path: '/', headers, localAddress: '127.0.0.9' }, (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode))
      })
        .once('error', reject)
        .end(body)
    })
    expect(status).toBe(200)
    const trail = await opensag(['operator', 'audit', 'export', '--data', data])
    const entries = trail.output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly action: string; readonly source: string })
    expect(entries.filter(({ action }) => action === 'DescribeSmartAccessGateways')).toEqual([
      expect.objectContaining({ source: '127.0.0.9' }),
    ])
  })

  if (name !== 'nginx') return
  test.skipIf(!isThere)(title('no parameter of a call is in its log'), async () => {
    const { port, certificate } = behind
    await new Promise((resolve, reject) => {
      const at = { host: '127.0.0.1', servername: 'localhost', port, ca: readFileSync(certificate.cert) }
      request({ ...at, path: '/?Password=in_the_address' }, (answer) => answer.resume().once('end', resolve))
        .once('error', reject)
        .end()
    })
    const log = await until('the log', () => {
      const text = readFileSync(join(behind.folder, 'access.log'), 'utf8')
      return text.includes('"GET /"') && text
    })
    expect(log).not.toContain('in_the_address')
  })
})

const pebble = process.env['OPENSAG_PEBBLE']

// An authority to build from its sources is too much for every run: where it is not named, this test does not exist.
if (pebble !== undefined && whereIs('caddy') !== undefined) {
  test('caddy gets its certificate from an ACME server by itself', async () => {
    const { startPebble } = await import('./pebble.ts')
    const behind = await startBehind()
    const authority = await startPebble(pebble, behind.folder, behind.port)
    const options = `skip_install_trust\n  auto_https disable_redirects\n  https_port ${behind.port}\n  acme_ca ${authority.directory}\n  acme_ca_root ${authority.certificate}`
    const issuer = `tls {\n    issuer acme {\n      disable_http_challenge\n    }\n  }`
    const proxy = startCaddy(behind, issuer, options)
    try {
      const trusted = { ...behind, certificate: { ...behind.certificate, cert: join(behind.folder, 'root.pem') } }
      await until('a certificate', async () => {
        writeFileSync(trusted.certificate.cert, await authority.root())
        return isUp(trusted)
      })
    } finally {
      await Promise.all([proxy.stop(), authority.stop(), behind.server.stop()])
      await rm(behind.folder, { recursive: true, force: true })
    }
  })
}
