// Terraform with each resource of SmartAG: by the program where the machine has a provider, by its calls otherwise.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aliyun, aliyunExample, withAliyun } from '../support/aliyun.ts'
import { popCore } from '../support/api.ts'
import { runToEnd } from '../support/process.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { purchase } from '../support/signed-request.ts'
import { hasTerraform, provider, terraformWith } from '../support/terraform.ts'
import { limit } from '../support/time.ts'
import { addressOf, resources } from './configuration.ts'
import { startPlay } from './play.ts'
import type { Answer, Params, Request } from './resource.ts'
import { written } from './written.ts'

const folder = mkdtempSync(join(tmpdir(), 'opensag-terraform-'))
const asked: string[] = []
let sandbox: Sandbox
let request: Request
let variables: { readonly hardware_id: string; readonly remote_access_id: string; readonly password: string }

beforeAll(async () => {
  sandbox = await startSandbox()
  const client = aliyun === undefined ? popCore(sandbox) : await commandLine(aliyun)
  request = (action: string, params: Params): Promise<Answer> => {
    asked.push(action)
    return client.request(action, { RegionId: 'cn-shanghai', ...params }, { method: 'POST' })
  }
  const listed = await request('DescribeSmartAccessGateways', { InstanceType: 'software' })
  const { SmartAccessGateway } = listed['SmartAccessGateways'] as {
    readonly SmartAccessGateway: readonly { readonly SmartAGId: string }[]
  }
  const bought = await request('CreateSmartAccessGateway', purchase)
  const hardware = String(bought['SmartAGId'])
  await request('ActivateSmartAccessGateway', { SmartAGId: hardware })
  await request('ModifySmartAccessGateway', { SmartAGId: hardware, CidrBlock: '10.99.0.0/24' })
  const remote = SmartAccessGateway[0]?.SmartAGId ?? ''
  variables = { hardware_id: hardware, remote_access_id: remote, password: 'Example1' }
  asked.length = 0
}, limit(60_000))
afterAll(async () => {
  await sandbox.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** The command line of the cloud as a client, with the profile that the example makes. */
async function commandLine(program: string): Promise<Pick<ReturnType<typeof popCore>, 'request'>> {
  const start = withAliyun(program, folder)
  async function run(command: string, ...args: readonly string[]): Promise<string> {
    const { code, output, errors } = await start(command, ...args)
    if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${output}${errors}`)
    return output
  }
  await run('sh', aliyunExample('profile.sh'), sandbox.data)
  const { host } = new URL(sandbox.endpoint)
  const always = ['--profile', 'opensag', '--force', '--insecure', '--method', 'POST', '--endpoint', host]
  return {
    async request(action, params) {
      const given = Object.entries(params).map(([name, value]) => `--${name}=${value}`)
      return JSON.parse(await run('aliyun', 'smartag', action, ...always, ...given)) as Answer
    },
  }
}

test('the written configuration has the form that Terraform gives it', async (context) => {
  if (!hasTerraform) return context.skip('to enable: install terraform')
  for (const which of ['values', 'changed'] as const) {
    const file = join(folder, `${which}.tf`)
    writeFileSync(file, written(resources, which))
    expect(await runToEnd('terraform', ['fmt', '-check', '-diff', file])).toMatchObject({ code: 0, output: '' })
  }
})

test(
  `apply, a second plan, update, import and destroy of each of the 12 resources, by ${provider === undefined ? 'their calls (by Terraform with OPENSAG_TERRAFORM_PROVIDER=path, the calls by the CLI with OPENSAG_ALIYUN=path)' : 'Terraform'}`,
  () => (provider === undefined ? playCalls() : runTerraform(provider)),
  limit(300_000),
)

async function playCalls(): Promise<void> {
  const play = startPlay(request, variables)
  await play.apply(resources, 'values')
  expect(new Set(resources.map(({ type }) => type.type)).size).toBe(12)
  expect(await play.plan(resources, 'values')).toEqual([])

  await play.apply(resources, 'changed')
  expect(await play.plan(resources, 'changed')).toEqual([])

  for (const resource of resources) await play.import(resource)
  expect(await play.plan(resources, 'changed')).toEqual([])

  // What somebody changed meanwhile is seen, and put back.
  const id = play.kept().get('alicloud_sag_qos.main')?.id ?? ''
  await request('ModifyQos', { QosId: id, QosName: 'by-hand' })
  expect(await play.plan(resources, 'changed')).toEqual(['alicloud_sag_qos.main: name'])
  await play.apply(resources, 'changed')
  expect(await play.plan(resources, 'changed')).toEqual([])

  await play.destroy(resources)
  expect(await play.plan(resources, 'changed')).toEqual(resources.map((one) => `${addressOf(one)}: is not there`))
  expect([...new Set(asked)].sort()).toMatchInlineSnapshot(`
    [
      "ActiveFlowLog",
      "AddACLRule",
      "AddDnatEntry",
      "AddSnatEntry",
      "BindSmartAccessGateway",
      "CreateACL",
      "CreateCloudConnectNetwork",
      "CreateFlowLog",
      "CreateQos",
      "CreateQosCar",
      "CreateQosPolicy",
      "CreateSmartAccessGatewayClientUser",
      "DeactiveFlowLog",
      "DeleteACL",
      "DeleteACLRule",
      "DeleteCloudConnectNetwork",
      "DeleteDnatEntry",
      "DeleteFlowLog",
      "DeleteQos",
      "DeleteQosCar",
      "DeleteQosPolicy",
      "DeleteSmartAccessGatewayClientUser",
      "DeleteSnatEntry",
      "DescribeACLAttribute",
      "DescribeACLs",
      "DescribeCloudConnectNetworks",
      "DescribeDnatEntries",
      "DescribeFlowLogs",
      "DescribeGrantRules",
      "DescribeQosCars",
      "DescribeQosPolicies",
      "DescribeQoses",
      "DescribeSmartAccessGatewayClientUsers",
      "DescribeSmartAccessGateways",
      "DescribeSnatEntries",
      "GrantInstanceToCbn",
      "ModifyACL",
      "ModifyACLRule",
      "ModifyCloudConnectNetwork",
      "ModifyFlowLogAttribute",
      "ModifyQos",
      "ModifyQosCar",
      "ModifyQosPolicy",
      "ModifySmartAccessGatewayClientUser",
      "RevokeInstanceFromCbn",
      "UnbindSmartAccessGateway",
    ]
  `)
}

async function runTerraform(file: string): Promise<void> {
  const cwd = join(folder, 'configuration')
  mkdirSync(cwd)
  const terraform = terraformWith({ cwd, file, server: sandbox, variables })
  async function same(): Promise<void> {
    // 2 when something would change.
    await terraform('plan', '-detailed-exitcode')
  }
  for (const which of ['values', 'changed'] as const) {
    writeFileSync(join(cwd, 'main.tf'), written(resources, which))
    await terraform('apply', '-auto-approve')
    await same()
  }
  for (const resource of resources) {
    const shown = await terraform('state', 'show', addressOf(resource))
    const id = /^ +id += "(.+)"$/m.exec(shown)?.[1] ?? ''
    await terraform('state', 'rm', addressOf(resource))
    await terraform('import', addressOf(resource), id)
  }
  await terraform('apply', '-auto-approve', '-target=alicloud_sag_client_user.main')
  await same()
  await terraform('destroy', '-auto-approve')
  expect((await terraform('state', 'list')).trim()).toBe('')
}
