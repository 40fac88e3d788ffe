import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readOneGateway } from '../../packages/rules/src/index.ts'
import { runToEnd } from '../support/process.ts'
import { send, signedBody } from '../support/signed-request.ts'
import { openSite, type Site } from './site.ts'

let site: Site

beforeAll(async () => {
  site = await openSite()
  await writeFile(join(site.data, 'credentials.json'), JSON.stringify(site.credentials))
})
afterAll(() => site?.close())

test('the key of the example in the documentation may look and nothing else', async () => {
  const example = join(import.meta.dirname, '../../docs/examples/ram.mjs')
  const { code, output, errors } = await runToEnd(process.execPath, [example, 'colleague'], {
    environment: { OPENSAG_DATA: site.data },
  })
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  const colleague = { ...site.credentials, ...(JSON.parse(output) as { accessKeyId: string; accessKeySecret: string }) }

  const ask = (action: string, params: Readonly<Record<string, string>> = {}) =>
    send(colleague.endpoint, signedBody(colleague, action, params))
  expect(await ask('DescribeSmartAccessGateways')).toMatchObject({ status: 200, body: { TotalCount: 0 } })
  expect(await ask('CreateCloudConnectNetwork')).toMatchObject({ status: 403 })
  expect(await ask('ListUsers', { Version: '2015-05-01' })).toMatchObject({ body: { Code: 'NoPermission' } })
})

test('the role of the example in the documentation reads the one gateway and nothing else', async () => {
  const root = (action: string, params: Readonly<Record<string, string>>) =>
    send(site.credentials.endpoint, signedBody(site.credentials, action, params))
  const order = {
    RegionId: 'cn-shanghai',
    UserCount: '5',
    DataPlan: '5',
    Period: '1',
    ChargeType: 'PREPAY',
    AutoPay: 'true',
  }
  const ordered = [1, 2].map(() => root('CreateSmartAccessGatewaySoftware', order))
  const [first = '', second = ''] = (await Promise.all(ordered)).map(({ body }) => String(body['SmartAGId']))
  const example = join(import.meta.dirname, '../../docs/examples/one-gateway.mjs')
  const { code, output, errors } = await runToEnd(process.execPath, [example, first], {
    environment: { OPENSAG_DATA: site.data },
  })
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  const { ram } = site
  const made = (await ram('GetPolicy', { policyName: `read-${first}`, policyType: 'Custom' }))['defaultPolicyVersion']
  expect(JSON.parse(made.policyDocument)).toEqual(JSON.parse(readOneGateway(first)))

  await ram('CreateUser', { userName: 'visitor' })
  const may = { policyType: 'System', policyName: 'AliyunSTSAssumeRoleAccess' }
  await ram('AttachPolicyToUser', { userName: 'visitor', ...may })
  const key = (await ram('CreateAccessKey', { userName: 'visitor' }))['accessKey']
  const visitor = { ...site.credentials, accessKeyId: key.accessKeyId, accessKeySecret: key.accessKeySecret }
  const assume = { RoleArn: output.trim(), RoleSessionName: 'visit', Version: '2015-04-01' }
  const assumed = (await send(visitor.endpoint, signedBody(visitor, 'AssumeRole', assume))).body as {
    readonly Credentials: { AccessKeyId: string; AccessKeySecret: string; SecurityToken: string }
  }
  const { AccessKeyId, AccessKeySecret, SecurityToken } = assumed.Credentials
  const session = { ...site.credentials, accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret }
  const ask = (action: string, params: Readonly<Record<string, string>> = {}) =>
    send(session.endpoint, signedBody(session, action, { ...params, SecurityToken }))
  expect(await ask('DescribeSmartAccessGateways')).toMatchObject({
    body: { TotalCount: 1, SmartAccessGateways: { SmartAccessGateway: [{ SmartAGId: first }] } },
  })
  const { body } = await ask('ListClientSessions', {
    RegionId: 'cn-shanghai',
    SmartAGId: second,
    Version: '2026-12-01',
  })
  expect(body).toMatchObject({ Code: 'Forbidden.RAM' })
  expect(await ask('ModifySmartAccessGateway', { RegionId: 'cn-shanghai', SmartAGId: first })).toMatchObject({
    body: { Code: 'Forbidden' },
  })
})
