// The examples as a reader runs them. Programs that no package registry has are named by a variable; without them the same
// calls are made by the official client for Node.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aliyun, aliyunExample, withAliyun } from '../support/aliyun.ts'
import { type Running, root, runOpensag, runToEnd } from '../support/process.ts'
import { hasTerraform, provider, terraformWith } from '../support/terraform.ts'
import { limit } from '../support/time.ts'

const folder = mkdtempSync(join(tmpdir(), 'opensag-examples-'))
const data = join(folder, 'data')
const examples = join(root, 'examples')

interface Credentials {
  readonly endpoint: string
  readonly accessKeyId: string
  readonly accessKeySecret: string
}
interface Client {
  request<T>(action: string, params: Readonly<Record<string, unknown>>): Promise<T>
}
let sandbox: Running
let address: string
let key: Credentials
let client: Client
let remoteAccess: string

beforeAll(async () => {
  sandbox = runOpensag(['sandbox'], { OPENSAG_DATA: data, OPENSAG_PORT: '0' })
  await sandbox.printed(/is ready/)
  key = JSON.parse(readFileSync(join(data, 'credentials.json'), 'utf8')) as Credentials
  address = new URL(key.endpoint).host
  const { RPCClient } = createRequire(import.meta.url)('@alicloud/pop-core') as {
    readonly RPCClient: new (options: object) => Client
  }
  client = new RPCClient({ ...key, apiVersion: '2018-03-13' })
  const listed = await request<{
    readonly SmartAccessGateways: { readonly SmartAccessGateway: readonly { readonly SmartAGId: string }[] }
  }>('DescribeSmartAccessGateways', { InstanceType: 'software' })
  remoteAccess = listed.SmartAccessGateways.SmartAccessGateway[0]?.SmartAGId ?? ''
}, limit(60_000))
afterAll(async () => {
  await sandbox.stop()
  rmSync(folder, { recursive: true, force: true })
})

const request = <T>(action: string, params: Readonly<Record<string, unknown>> = {}): Promise<T> =>
  client.request<T>(action, { RegionId: 'cn-shanghai', ...params })

interface Networks {
  readonly CloudConnectNetworks: { readonly CloudConnectNetwork: readonly { readonly Name: string }[] }
}
async function networks(): Promise<readonly string[]> {
  const { CloudConnectNetworks } = await request<Networks>('DescribeCloudConnectNetworks')
  return CloudConnectNetworks.CloudConnectNetwork.map(({ Name }) => Name)
}

interface Users {
  readonly Users: { readonly User: readonly { readonly UserName: string; readonly Bandwidth: number }[] }
}
async function users(): Promise<Users['Users']['User']> {
  return (await request<Users>('DescribeSmartAccessGatewayClientUsers', { SmartAGId: remoteAccess })).Users.User
}

test(
  `the profile and the calls of examples/aliyun, by ${aliyun ?? 'the same calls of another program (by the CLI with OPENSAG_ALIYUN=path)'}`,
  async () => {
    const program = aliyun ?? join(root, 'test/examples/aliyun.mjs')
    const run = withAliyun(program, folder, { OPENSAG_ADDRESS: address })
    const before = await networks()
    expect(await run('sh', aliyunExample('profile.sh'), data)).toMatchObject({ code: 0, errors: '' })
    const { code, output, errors } = await run('sh', aliyunExample('calls.sh'))
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    expect(output).toMatch(/"SmartAGId": "sag-/)
    expect(output).toMatch(/made (ccn-\w+)\n[\s\S]*\nrenamed\n[\s\S]*\nremoved \1\n$/)
    expect(await networks()).toEqual(before)
  },
  limit(60_000),
)

/** The argument of a resource, as it stands in the example. */
function written(resource: string, name: string): string {
  const text = readFileSync(join(examples, 'terraform/main.tf'), 'utf8')
  const [, block = ''] = new RegExp(`^resource "${resource}" "\\w+" \\{\\n([\\s\\S]*?)^\\}`, 'm').exec(text) ?? []
  const [, value] = new RegExp(`^ +${name} += "?([^"\\n]*)"?$`, 'm').exec(block) ?? []
  if (value === undefined) throw new Error(`${resource} has no ${name}.`)
  return value
}

/** What both ways must have led to. */
async function expectMade(): Promise<void> {
  expect(await networks()).toContain('example-branches')
  expect(await users()).toContainEqual(expect.objectContaining({ UserName: 'alice.example', Bandwidth: 20 }))
}
async function expectRemoved(): Promise<void> {
  expect(await networks()).not.toContain('example-branches')
  expect((await users()).map(({ UserName }) => UserName)).not.toContain('alice.example')
}

test(
  `the resources of examples/terraform, by ${provider === undefined ? 'their calls (by Terraform with OPENSAG_TERRAFORM_PROVIDER=path)' : 'Terraform'}`,
  async () => {
    if (hasTerraform) {
      // The form is checked without the provider.
      const { code, output } = await runToEnd('terraform', ['fmt', '-check', '-diff', join(examples, 'terraform')])
      expect({ code, output }).toEqual({ code: 0, output: '' })
    }
    if (provider === undefined) return playResources()
    await applyResources(provider)
  },
  limit(300_000),
)

async function playResources(): Promise<void> {
  const network = (name: string): string => written('alicloud_cloud_connect_network', name)
  const user = (name: string): string => written('alicloud_sag_client_user', name)
  const { CcnId } = await request<{ readonly CcnId: string }>('CreateCloudConnectNetwork', {
    Name: network('name'),
    Description: network('description'),
    IsDefault: network('is_default'),
  })
  await request('CreateSmartAccessGatewayClientUser', {
    SmartAGId: remoteAccess,
    Bandwidth: user('bandwidth'),
    UserMail: user('user_mail'),
    UserName: user('user_name'),
    Password: 'Example1',
  })
  await expectMade()
  await request('DeleteSmartAccessGatewayClientUser', { SmartAGId: remoteAccess, UserName: user('user_name') })
  await request('DeleteCloudConnectNetwork', { CcnId })
  await expectRemoved()
}

async function applyResources(file: string): Promise<void> {
  const cwd = join(folder, 'terraform')
  mkdirSync(cwd)
  for (const name of ['main.tf', 'variables.tf']) copyFileSync(join(examples, 'terraform', name), join(cwd, name))
  const variables = { remote_access_id: remoteAccess, password: 'Example1' }
  const terraform = terraformWith({ cwd, file, server: key, variables })
  await terraform('apply', '-auto-approve')
  await expectMade()
  // 2 when something would change.
  await terraform('plan', '-detailed-exitcode')
  await terraform('destroy', '-auto-approve')
  await expectRemoved()
}
