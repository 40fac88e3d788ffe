import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { send, signedBody } from '../../../../test/support/signed-request.ts'
import type { RunningServer, ServerOptions } from '../server-options.ts'
import { startServer } from '../start.ts'
import { storeOf } from '../store/testing/database.suite.ts'
import { gatewayAdd } from './gateways.ts'
import { operatorPath } from './socket-path.ts'

let data: string
let server: RunningServer | undefined
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'opensag-gateway-add-'))
})
afterEach(async () => {
  await server?.close()
  await rm(data, { recursive: true, force: true })
})

async function start(more: Partial<ServerOptions> = {}): Promise<(action: string, params?: object) => Promise<Answer>> {
  server = await startServer({
    ...{ data, host: '127.0.0.1', port: 0, regionId: 'cn-hangzhou', heartbeatMs: 15_000 },
    logger: pino({ level: 'silent' }),
    ...storeOf(data),
    ...more,
  })
  const { url, firstCredentials } = server
  if (firstCredentials === undefined) throw new Error('The first start made no account.')
  const key = { ...firstCredentials, accessKeySecret: firstCredentials.accessKeySecret.reveal(), endpoint: url }
  return async (action, params = {}) =>
    (await send(url, signedBody(key, action, params as Record<string, string>))).body
}

// biome-ignore lint/suspicious/noExplicitAny: what answers hold is what the tests are about.
type Answer = Readonly<Record<string, any>>

function operator(name: string, input: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { socketPath: join(data, 'operator.sock'), method: 'POST', path: operatorPath(name) }
    const call = request({ ...options, headers: { 'content-type': 'application/json' } }, (answer) => {
      let text = ''
      answer.on('data', (chunk) => {
        text += chunk
      })
      answer.once('end', () => resolve(JSON.parse(text)))
    })
    call.once('error', reject)
    call.end(JSON.stringify(input))
  })
}

const branch = {
  name: 'branch-hangzhou',
  model: 'sag-1000',
  cidr: ['10.1.0.0/24', '10.2.0.0/24'],
  serial: 'sag0000001',
}

test.each([false, true])('adds an instance that is ready, with its device and blocks (shop: %s)', async (shop) => {
  const call = await start({ shop })
  const { instanceId, enrolmentKey, enrolmentCommand } = await operator('gateway add', branch)
  const shown = await call('DescribeSmartAccessGatewayAttribute', { SmartAGId: instanceId })
  expect(shown).toMatchObject({ Name: 'branch-hangzhou', SerialNumber: 'sag0000001', Status: 'Init' })
  expect(shown['CidrBlock']).toBe('10.1.0.0/24,10.2.0.0/24')
  expect(shown['EndTime'] === undefined).toBe(!shop)
  // Nothing is left to activate.
  expect(await call('ActivateSmartAccessGateway', { SmartAGId: instanceId })).toMatchObject({
    Code: 'SmartAccessGatewayActivateFailed',
  })
  const [first, ...rest] = String(enrolmentCommand).split('\n')
  const url = server?.url.replace('http', 'ws')
  expect(first).toBe(
    `opensag agent --server ${url} --serial sag0000001 --model sag-1000 --firmware 2.3.1.1 --data /var/lib/opensag-agent --enrolment-key-file - <<'KEY'`,
  )
  expect(rest).toEqual([enrolmentKey, 'KEY'])
  expect(first).not.toContain(enrolmentKey)
})

test('joins a network when it is named', async () => {
  const call = await start()
  const { CcnId } = await call('CreateCloudConnectNetwork', { RegionId: 'cn-hangzhou', Name: 'branches' })
  const { instanceId } = await operator('gateway add', { ...branch, ccn: CcnId })
  const shown = await call('DescribeSmartAccessGatewayAttribute', { SmartAGId: instanceId })
  expect(shown['AssociatedCcnId']).toBe(CcnId)
})

test('of a mistake nothing remains, and the answer is that of the API', async () => {
  const call = await start()
  const refused = async (more: object) => (await operator('gateway add', { ...branch, ...more })).error
  expect(await refused({ cidr: ['10.1.0.0/32'] })).toMatch(/^SAG\.InvalidCidr: /)
  expect(await refused({ ccn: 'ccn-none' })).toMatch(/^InvalidId\.CCN: /)
  expect(await operator('device list', {})).toEqual([])
  expect((await call('DescribeSmartAccessGateways'))['TotalCount']).toBe(0)
  await operator('gateway add', branch)
  expect(await refused({})).toBe('The device sag0000001 exists already.')
  expect((await call('DescribeSmartAccessGateways'))['TotalCount']).toBe(1)
})

test('a value that can never be right is refused with its flag', async () => {
  await start()
  const refused = async (more: object) => (await operator('gateway add', { ...branch, ...more })).error
  expect(await refused({ name: '1' })).toMatch(/^--name: 2 to 128 letters/)
  for (const block of ['10.1.0.0/33', '10.1.0.1/24', '224.0.0.0/24', 'branch', '']) {
    expect({ block, error: await refused({ cidr: [block] }) }).toMatchObject({
      error: expect.stringMatching(/^--cidr: /),
    })
  }
  // The agent connects without TLS to its own machine only.
  for (const server of ['ws://sag.example.com', 'http://10.0.0.1:7240', 'ws://127.0.0.1.example.com']) {
    expect({ server, error: await refused({ server }) }).toMatchObject({
      error: expect.stringMatching(/^--server: .*wss/),
    })
  }
  expect((await operator('gateway add', { ...branch, server: 'ws://localhost:7240' })).enrolmentCommand).toContain(
    'ws://localhost:7240 ',
  )
})

test('several blocks can be in one value', async () => {
  const call = await start()
  const { instanceId } = await operator('gateway add', { ...branch, cidr: ['10.1.0.0/24,10.2.0.0/24'] })
  const shown = await call('DescribeSmartAccessGatewayAttribute', { SmartAGId: instanceId })
  expect(shown['CidrBlock']).toBe('10.1.0.0/24,10.2.0.0/24')
})

test('without a serial number each gateway gets one of its own', async () => {
  await start()
  const { serial: _, ...without } = branch
  const serials = [
    await operator('gateway add', without),
    await operator('gateway add', { ...without, cidr: ['10.9.0.0/24'] }),
  ]
  expect(new Set(serials.map(({ serial }) => serial)).size).toBe(2)
})

test('asks for the URL where the server cannot know it, and for the account where there are several', async () => {
  await start({ trustedProxies: ['127.0.0.2'] })
  expect((await operator('gateway add', branch)).error).toMatch(/Give --server/)
  const at = { ...branch, server: 'https://sag.example.com' }
  expect((await operator('gateway add', at)).enrolmentCommand).toContain('--server wss://sag.example.com ')
  await operator('account create', { name: 'second' })
  expect((await operator('gateway add', at)).error).toMatch(/^Give --account, one of \d{16}, \d{16}\.$/)
})

test('options of the printed command cannot bring a command of their own', async () => {
  await start()
  for (const [flag, more] of [
    ['--server', { server: 'wss://sag.example.com;reboot' }],
    ['--ca', { ca: '/etc/$(reboot)' }],
    ['--linux-account', { linuxAccount: 'admin reboot' }],
    ['--console', { console: '`reboot`:80' }],
  ] as const) {
    expect((await operator('gateway add', { ...branch, ...more })).error).toMatch(new RegExp(`^${flag}[: ]`))
  }
})

test('a person is told where the command works, and addresses in brackets are quoted', async () => {
  await start()
  const here = await operator('gateway add', branch)
  const text = gatewayAdd.text as (answer: unknown, dataFlag: string) => string
  expect(text(here, ' --data /srv')).toContain('Run this on the gateway, which is this machine: ')
  expect(text(here, ' --data /srv')).toContain('opensag call ModifySAGAdminPassword --data /srv SmartAGId=sag-')
  const at = { ...branch, serial: 'sag0000002', cidr: ['10.9.0.0/24'] }
  const there = await operator('gateway add', { ...at, server: 'wss://[2001:db8::1]:7240', console: '[fd00::1]:80' })
  expect(text(there, '')).toContain('Run this on the gateway. ')
  expect(there.enrolmentCommand).toContain("--server 'wss://[2001:db8::1]:7240' ")
  expect(there.enrolmentCommand).toContain("--console '[fd00::1]:80' ")
})
