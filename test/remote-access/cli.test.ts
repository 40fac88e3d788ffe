// The whole way: a service is bought and set up through the API, and somebody logs on to it with the program.
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { popCore } from '../support/api.ts'
import { opensag, type Running, root, runOpensag, runToEnd } from '../support/process.ts'
import { type Credentials, readCredentials } from '../support/sandbox.ts'
import { until } from '../support/time.ts'

const password = 'teste111'
const program = join(root, 'packages/cli/bin/opensag.js')

let data: string
let sandbox: Running
let credentials: Credentials
let instance: string

async function call(
  action: string,
  params: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  return popCore(credentials).request(action, { RegionId: credentials.regionId, ...params })
}

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'opensag-remote-access-'))
  sandbox = runOpensag(['sandbox'], { OPENSAG_DATA: data, OPENSAG_PORT: '0', OPENSAG_HEARTBEAT: '2' })
  await sandbox.printed(/is ready/)
  credentials = await readCredentials(data)
  const bought = { ChargeType: 'PREPAY', Period: '1', AutoPay: 'true', UserCount: '5', DataPlan: '5' }
  instance = String((await call('CreateSmartAccessGatewaySoftware', bought))['SmartAGId'])
  const { CcnId } = await call('CreateCloudConnectNetwork', { CidrBlock: '10.0.0.0/8' })
  await call('ModifySmartAccessGateway', { SmartAGId: instance, CidrBlock: '10.9.9.0/24' })
  await call('BindSmartAccessGateway', { SmartAGId: instance, CcnId: String(CcnId) })
  const account = { UserName: 'anna-test', Password: password, UserMail: 'anna@example.com', Bandwidth: '2000' }
  await call('CreateSmartAccessGatewayClientUser', { SmartAGId: instance, ...account })
})
afterAll(async () => {
  await sandbox.stop()
  await rm(data, { recursive: true, force: true })
})

function login(...more: readonly string[]): readonly string[] {
  return ['app', 'login', '--server', credentials.endpoint, '--user', 'anna-test', ...more]
}

/** Logs on and stays. */
async function online(...more: readonly string[]): Promise<Running> {
  const client = runOpensag(login(...more))
  client.child.stdin?.end(`${password}\n`)
  await client.printed(/Address: /)
  return client
}

async function shownAddresses(): Promise<readonly string[]> {
  const { Users } = await call('DescribeUserOnlineClients', { SmartAGId: instance, UserName: 'anna-test' })
  return (Users as { readonly User: readonly { readonly ClientIp: string }[] }).User.map(({ ClientIp }) => ClientIp)
}

test('a user logs on by instance, is shown online, and logs off when interrupted', async () => {
  const client = await online('--instance', instance)
  expect(client.output()).toContain('Address: 10.9.9.2')
  expect(await shownAddresses()).toEqual(['10.9.9.2'])
  expect(await client.stop()).toBe(0)
  expect(client.output()).toContain('Logged off.')
  expect(await shownAddresses()).toEqual([])
})

test('a user logs on by enterprise code; kicked out, the program ends with 1 and says so', async () => {
  const codes = (await call('ListEnterpriseCode', {}))['EnterpriseCodes'] as readonly {
    readonly EnterpriseCode: string
  }[]
  const client = await online('--enterprise-code', codes[0]?.EnterpriseCode.toUpperCase() ?? '')
  const ended = new Promise<number | null>((done) => client.child.once('close', (code) => done(code)))
  await call('KickOutClients', { SmartAGId: instance, Username: 'anna-test' })
  expect(await ended).toBe(1)
  expect(client.output()).toContain('SessionEnded')
})

test('a program that dies is offline once its heartbeats have stayed out', async () => {
  const client = await online('--instance', instance)
  expect(await shownAddresses()).toEqual(['10.9.9.2'])
  await client.kill()
  await until('the sweep', async () => ((await shownAddresses()).length === 0 ? true : undefined))
})

test('the program shows life as often as it is told, bears a server in trouble, and ends with 1 when its session has', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization ?? ''}`)
    const beats = asked.length - 1
    const admitted = {
      Token: 'opens',
      SmartAGId: 'sag-a',
      UserName: 'anna-test',
      ClientIp: '10.9.9.2',
      HeartbeatSeconds: 0.02,
    }
    response.statusCode = beats === 3 ? 503 : beats === 5 ? 401 : 200
    response.end(JSON.stringify(beats === 0 ? admitted : beats === 5 ? { Code: 'SessionEnded', Message: 'Over.' } : {}))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { code, errors } = await opensag(login('--instance', 'sag-a', '--server', url, '--no-tunnel'), {
    input: password,
  })
  server.close()
  expect(asked).toEqual(['/app/logon ', ...Array<string>(5).fill('/app/heartbeat Bearer opens')])
  expect(errors).toContain('SessionEnded')
  expect(code).toBe(1)
})

test('after a new password the old one is refused, with 1', async () => {
  const changed = 'teste222'
  await call('ResetSmartAccessGatewayClientUserPassword', {
    SmartAGId: instance,
    UserName: 'anna-test',
    Password: changed,
  })
  const { code, errors } = await opensag(login('--instance', instance), { input: password })
  expect(code).toBe(1)
  expect(errors).toContain('LogonFailed')
})

test.each([
  ['neither code nor instance', []],
  ['both', ['--instance', 'sag-a', '--enterprise-code', 'acme1']],
  ['a server beyond this machine without TLS', ['--instance', 'sag-a', '--server', 'http://sag.example.com']],
  ['no address of a server', ['--instance', 'sag-a', '--server', 'sag.example.com']],
])('used wrongly it ends with 2: %s', async (_title, more) => {
  const { code } = await runToEnd(process.execPath, [program, ...login(...more)], { input: password })
  expect(code).toBe(2)
})

test('no password stands in the log of the server', () => {
  expect(sandbox.output()).not.toContain(password)
})
