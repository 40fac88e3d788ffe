import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signV3, urlencoded } from '../../packages/server/src/rpc/testing/signing-client.suite.ts'
import { instanceOf, popCore } from '../support/api.ts'
import { foundIn, lackToSearch } from '../support/memory.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { type Answered, send, signedBody } from '../support/signed-request.ts'
import { until } from '../support/time.ts'

const serial = 'sagdemo100wm'
const lack = lackToSearch()

let sandbox: Sandbox
let device: Readonly<Record<string, string>>

/** Unlike anything else; longer than what freed memory is first overwritten by. */
const newPassword = (): string => `Zq_9${randomBytes(12).toString('hex')}`

function v1(action: string, params: Readonly<Record<string, string>>, version?: string): Promise<Answered> {
  return send(sandbox.endpoint, signedBody(sandbox, action, params, version))
}

function v3(action: string, params: Readonly<Record<string, string>>, version = '2018-03-13') {
  const { endpoint, accessKeyId, accessKeySecret: secret } = sandbox
  const body = urlencoded(params)
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  const { host } = new URL(endpoint)
  const headers = signV3({ accessKeyId, secret }, { action, version, host, body, now: Date.now(), headers: type })
  return { headers, body }
}

async function sendV3(...call: Parameters<typeof v3>): Promise<Answered> {
  const { headers, body } = v3(...call)
  const { host: _, ...others } = headers
  const answer = await fetch(sandbox.endpoint, { method: 'POST', headers: others, body })
  return { status: answer.status, body: (await answer.json()) as Answered['body'] }
}

function isInMemory(text: string, encoding: BufferEncoding = 'utf8'): boolean {
  return foundIn(sandbox.running.child.pid ?? 0, [Buffer.from(text, encoding)]).size > 0
}

/** One search soon after the answer may come before what Node keeps of a request is overwritten; none after it may. */
async function isGone(password: string): Promise<void> {
  await until('the password to be gone', () => !isInMemory(password))
  expect(isInMemory(password, 'utf16le')).toBe(false)
}

// The server and the gateway, which are one process here, are searched together.
describe.skipIf(lack !== undefined)(`the memory of a running server and gateway${lack ? ` (${lack})` : ''}`, () => {
  beforeAll(async () => {
    sandbox = await startSandbox()
    await sandbox.device(serial)
    device = { RegionId: sandbox.regionId, SmartAGId: await instanceOf(sandbox, serial), SmartAGSn: serial }
    await v1('CreateUser', { UserName: 'somebody' }, '2015-05-01')
    await v1('CreateLoginProfile', { UserName: 'somebody', Password: newPassword() }, '2015-05-01')
  })
  afterAll(() => sandbox.remove())

  test.each([
    ['V3', sendV3],
    ['V1', v1],
  ] as const)('has no administrator password that was set by %s, nor one that was refused', async (_version, call) => {
    const [accepted, refused] = [newPassword(), newPassword()]
    expect((await call('ModifySAGAdminPassword', { ...device, Password: accepted })).status).toBe(200)
    const other = { ...device, SmartAGId: 'sag-none' }
    expect((await call('ModifySAGAdminPassword', { ...other, Password: refused })).body['Code']).toBe(
      'SAG.InstanceNoFound',
    )
    await isGone(accepted)
    await isGone(refused)
  })

  test.each([
    ['V3', sendV3],
    ['V1', v1],
  ] as const)('has no console password that was set by %s', async (_version, call) => {
    const password = newPassword()
    const user = { UserName: 'somebody', Password: password }
    expect((await call('UpdateLoginProfile', user, '2015-05-01')).status).toBe(200)
    await isGone(password)
  })

  test('has no password of a call that its caller gave up', async () => {
    const password = newPassword()
    const { headers, body } = v3('ModifySAGAdminPassword', { ...device, Password: password })
    const { hostname, port } = new URL(sandbox.endpoint)
    // The last byte never comes.
    const length = { 'content-length': Buffer.byteLength(body) + 1 }
    const call = request({ hostname, port, method: 'POST', headers: { ...headers, ...length } })
    call.on('error', () => {})
    call.write(body)
    await until('the password to arrive', () => isInMemory(password))
    call.destroy()
    // Nothing wipes what Node keeps of a request that never became a call; the next one that has a password does.
    await until('another call', async () => {
      const { status } = await sendV3(
        'UpdateLoginProfile',
        { UserName: 'somebody', Password: newPassword() },
        '2015-05-01',
      )
      return status === 200
    })
    await isGone(password)
  })

  test('has what is kept on purpose, where the same search finds it: the mails of a sandbox', async () => {
    const password = newPassword()
    const apps = (await popCore(sandbox).request('DescribeSmartAccessGateways', {
      RegionId: sandbox.regionId,
      InstanceType: 'software',
    })) as { SmartAccessGateways: { SmartAccessGateway: readonly { SmartAGId: string }[] } }
    const app = {
      RegionId: sandbox.regionId,
      SmartAGId: apps.SmartAccessGateways.SmartAccessGateway[0]?.SmartAGId ?? '',
    }
    const list = await popCore(sandbox).request('DescribeSmartAccessGatewayClientUsers', app)
    const { Users } = list as { Users: { User: readonly { UserName: string }[] } }
    const reset = { ...app, UserName: Users.User[0]?.UserName ?? '', Password: password }
    expect((await sendV3('ResetSmartAccessGatewayClientUserPassword', reset)).status).toBe(200)
    expect(isInMemory(password)).toBe(true)
    expect(isInMemory(sandbox.accountId)).toBe(true)
  })
})
