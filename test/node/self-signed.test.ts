// The server as somebody starts it who has no certificate.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nodes } from '../../scripts/support/nodes.js'
import { opensag, type Running, root, runOpensag, runToEnd } from '../support/process.ts'
import { readCredentials } from '../support/sandbox.ts'

let data: string
let running: Running
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'opensag-self-signed-'))
  await start()
})
afterAll(async () => {
  await running?.stop()
  await rm(data, { recursive: true, force: true })
})

/** On a port that the credentials of the first start keep naming. */
let port = '0'
async function start(): Promise<void> {
  const file = join(data, 'credentials.json')
  const place = ['--host', '0.0.0.0', '--port', port, '--data', data]
  running = runOpensag(['server', ...place, '--tls-self-signed', 'on', '--write-credentials', file])
  port = (await running.printed(/listens on https:\/\/0\.0\.0\.0:(\d+)/))[1] ?? ''
}

const authority = (): Promise<Buffer> => readFile(join(data, 'ca.pem'))

function health(ca: Buffer | undefined, host = 'localhost'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host, port, path: '/healthz', agent: false, ca }, (answer) => resolve(answer.resume().statusCode))
      .once('error', reject)
      .end()
  })
}

test('it listens on all addresses under TLS, for clients that know its authority', async () => {
  expect(await health(await authority())).toBe(200)
  expect(await health(await authority(), '127.0.0.1')).toBe(200)
  await expect(health(undefined)).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow()
})

test('it says where both are that a client needs, and no secret', async () => {
  const { accessKeySecret, endpoint } = await readCredentials(data)
  expect(endpoint).toBe(`https://localhost:${port}`)
  expect(running.output()).toContain(join(data, 'credentials.json'))
  expect(running.output()).toContain(join(data, 'ca.pem'))
  const { output } = await runToEnd('openssl', [
    'x509',
    '-in',
    join(data, 'ca.pem'),
    '-noout',
    '-fingerprint',
    '-sha256',
  ])
  expect(running.output()).toContain(output.trim().split('=')[1])
  expect(running.output()).not.toContain(accessKeySecret)
})

const [node] = nodes.filter(({ line }) => line === '24')
test.skipIf(node?.isThere !== true)(
  `a command with that data folder trusts it by itself (Node 24; enable with: ${node?.installCommand})`,
  async () => {
    const program = join(root, 'packages/cli/bin/opensag.js')
    const called = await runToEnd(node?.node ?? '', [program, 'call', 'DescribeRegions', '--data', data])
    expect(called).toMatchObject({ code: 0, output: expect.stringContaining('cn-shanghai') })
  },
)

test('a command of any Node does when the authority is named', async () => {
  const environment = { NODE_EXTRA_CA_CERTS: join(data, 'ca.pem') }
  expect(await opensag(['call', 'DescribeRegions', '--data', data], { environment })).toMatchObject({ code: 0 })
})

test('the next start has the same authority', async () => {
  const before = await authority()
  expect(await running.stop()).toBe(0)
  await start()
  expect(await authority()).toEqual(before)
  expect(await health(before)).toBe(200)
})
