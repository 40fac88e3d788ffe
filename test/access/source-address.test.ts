// Where a call comes from, as policies and the audit trail see it: also past a proxy, and only if that is a trusted one.
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ClientKey, signV1, urlencoded } from '../../packages/server/src/rpc/testing/signing-client.suite.ts'
import type { RunningServer } from '../../packages/server/src/server-options.ts'
import { startServer } from '../../packages/server/src/start.ts'
import { storeOf } from '../../packages/server/src/store/testing/database.suite.ts'

// biome-ignore lint/suspicious/noExplicitAny: what answers hold is what the tests are about.
type Body = Readonly<Record<string, any>>

let data: string
let server: RunningServer
let root: ClientKey
let alice: ClientKey

/** Starts, again, on the same data. */
async function start(trustedProxies?: readonly string[]): Promise<RunningServer> {
  const settings = { regionId: 'cn-shanghai', heartbeatMs: 15_000, answerMs: 2000, trustedProxies }
  return startServer({
    data,
    ...storeOf(data),
    host: '127.0.0.1',
    port: 0,
    logger: pino({ level: 'silent' }),
    ...settings,
  })
}

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'opensag-source-'))
  server = await start()
  const first = server.firstCredentials
  if (first === undefined) throw new Error('The first start made no account.')
  root = { accessKeyId: first.accessKeyId, secret: first.accessKeySecret.reveal() }
  const UserName = 'alice'
  await ram('CreateUser', { UserName })
  const { AccessKey } = await ram('CreateAccessKey', { UserName })
  alice = { accessKeyId: AccessKey.AccessKeyId, secret: AccessKey.AccessKeySecret }
  const Condition = { IpAddress: { 'acs:SourceIp': '198.51.100.0/24' } }
  const statement = { Effect: 'Allow', Action: 'smartag:DescribeRegions', Resource: '*', Condition }
  const PolicyDocument = JSON.stringify({ Version: '1', Statement: [statement] })
  await ram('CreatePolicy', { PolicyName: 'office', PolicyDocument })
  await ram('AttachPolicyToUser', { UserName, PolicyType: 'Custom', PolicyName: 'office' })
})
afterAll(async () => {
  await server?.close()
  await rm(data, { recursive: true, force: true })
})

function call(key: ClientKey, params: Readonly<Record<string, string>>, forwardedFor?: string): Promise<Body> {
  const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }
  const { port } = new URL(server.url)
  const path = `/?${urlencoded(signV1(key, params, { now: Date.now() }))}`
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers }, (answer) => {
      let text = ''
      answer.on('data', (chunk) => {
        text += chunk
      })
      answer.once('end', () => resolve(JSON.parse(text) as Body))
    })
    sent.once('error', reject)
    sent.end()
  })
}

const ram = (Action: string, params: Readonly<Record<string, string>>): Promise<Body> =>
  call(root, { Action, Version: '2015-05-01', ...params })
const ask = (forwardedFor?: string): Promise<Body> => call(alice, { Action: 'DescribeRegions' }, forwardedFor)

test('without a trusted proxy what a client says of its address counts for nothing', async () => {
  expect((await ask('198.51.100.7')).Code).toBe('Forbidden')
})

test('past a trusted proxy the address it saw counts, and not what it was told', async () => {
  await server.close()
  server = await start(['127.0.0.1'])
  expect((await ask('198.51.100.7')).Code).toBeUndefined()
  expect((await ask('203.0.113.9, 198.51.100.7')).Code).toBeUndefined()
  expect((await ask('198.51.100.7, 203.0.113.9')).Code).toBe('Forbidden')
  expect((await ask()).Code).toBe('Forbidden')
})

test('the audit trail has the same address', async () => {
  const params = { Action: 'LookupEvents', Version: '2020-07-06', Direction: 'FORWARD' }
  const filter = { 'LookupAttribute.1.Key': 'User', 'LookupAttribute.1.Value': 'alice' }
  const { Events } = await call(root, { ...params, ...filter })
  expect(Events.map((event: Body) => event.sourceIpAddress)).toEqual([
    '127.0.0.1',
    '198.51.100.7',
    '198.51.100.7',
    '203.0.113.9',
    '127.0.0.1',
  ])
})
