import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { popCore } from '../support/api.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'

interface SandboxMail {
  readonly to: string
  readonly text: string
}

let sandbox: Sandbox
let app: { readonly RegionId: string; readonly SmartAGId: string }

const given = 'Given_Password-1'

beforeAll(async () => {
  sandbox = await startSandbox()
  const RegionId = sandbox.regionId
  const { SmartAGId, OrderId } = await call('CreateSmartAccessGatewaySoftware', {
    RegionId,
    ChargeType: 'PREPAY',
    Period: '1',
    AutoPay: 'false',
    UserCount: '5',
    DataPlan: '5',
  })
  app = { RegionId, SmartAGId: String(SmartAGId) }
  await expect(call('ModifySmartAccessGateway', { ...app, CidrBlock: '10.9.0.0/24' })).rejects.toMatchObject({
    code: 'SAG.NoActive',
  })
  await sandbox.operator('order', 'pay', String(OrderId))
  await call('ModifySmartAccessGateway', { ...app, CidrBlock: '10.9.0.0/24' })
})

afterAll(() => sandbox.remove())

function call(action: string, params: object): Promise<Readonly<Record<string, unknown>>> {
  return popCore(sandbox).request(action, params, { method: 'POST' })
}

/** The passwords in the mails to an address, the newest first. */
async function mailed(to: string): Promise<readonly string[]> {
  const mails = await sandbox.operator<readonly SandboxMail[]>('outbox', 'list', '--to', to)
  return mails.map(({ text }) => /Password: +(\S+)/.exec(text)?.[1] ?? '')
}

test('an account comes about, its passwords are in the outbox and nowhere on the disk', async () => {
  const UserMail = 'remote.user@example.com'
  const created = await call('CreateSmartAccessGatewayClientUser', { ...app, UserMail, Bandwidth: '2000' })
  expect(created).toMatchObject({ UserName: UserMail, UserMail, Bandwidth: 2000 })

  const reset = { ...app, UserName: UserMail }
  expect(await call('ResetSmartAccessGatewayClientUserPassword', { ...reset, Password: given })).toEqual({
    RequestId: expect.any(String),
  })
  await call('ResetSmartAccessGatewayClientUserPassword', reset)
  const passwords = await mailed(UserMail)
  expect(passwords).toHaveLength(3)
  expect(new Set(passwords).size).toBe(3)
  expect(passwords[1]).toBe(given)

  const files = await readdir(sandbox.data, { withFileTypes: true, recursive: true })
  const written = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name))),
  )
  expect(written.some((content) => content.includes(UserMail))).toBe(true)
  for (const password of passwords) {
    expect(written.filter((content) => content.includes(password))).toEqual([])
    expect(sandbox.running.output()).not.toContain(password)
  }
})

test('the first App has an enterprise code, and is found with it', async () => {
  const { EnterpriseCodes } = await call('ListEnterpriseCode', { RegionId: app.RegionId })
  expect(EnterpriseCodes).toEqual([{ EnterpriseCode: expect.stringMatching(/^[a-z0-9]{5}$/), IsDefault: true }])
  const [code] = EnterpriseCodes as readonly { readonly EnterpriseCode: string }[]
  expect(await call('DescribeSmartAccessGateways', app)).toMatchObject({
    SmartAccessGateways: { SmartAccessGateway: [{ EnterpriseCode: code?.EnterpriseCode, UserCount: 5, DataPlan: 5 }] },
  })
})

test('an upgrade that is not paid at once waits for its payment', async () => {
  const upgrade = { ...app, UserCount: '10', DataPlan: '5', AutoPay: 'false' }
  const { OrderId } = await call('UpgradeSmartAccessGatewaySoftware', upgrade)
  expect(await call('DescribeSmartAccessGatewayAttribute', app)).toMatchObject({ UserCount: 5 })
  await sandbox.operator('order', 'pay', String(OrderId))
  expect(await call('DescribeSmartAccessGatewayAttribute', app)).toMatchObject({ UserCount: 10 })
})
