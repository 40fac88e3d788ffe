import { afterAll, beforeAll, expect, test } from 'vitest'
import { instanceOf, popCore } from '../support/api.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.remove())

type Listed = Readonly<Record<string, unknown>>

async function ask(action: string, params: object = {}): Promise<Listed> {
  return popCore(sandbox).request(action, { RegionId: sandbox.regionId, ...params }, { method: 'POST' })
}

async function instances(): Promise<readonly Listed[]> {
  const page = await ask('DescribeSmartAccessGateways', { PageSize: 50 })
  return (page['SmartAccessGateways'] as { readonly SmartAccessGateway: readonly Listed[] }).SmartAccessGateway
}

test('every instance of the demo fleet is there and usable', async () => {
  const shown = (await instances()).map(({ Name, Status }) => `${Name}: ${Status}`).sort()
  expect(shown).toEqual([
    'demo-remote-access: Active',
    'demo-sag-1000-pair: Active',
    'demo-sag-100wm: Active',
    'demo-scg5000-old: Active',
    'demo-scg5000: Active',
    'demo-vcpe: Active',
  ])
})

test('they are members of one network that has a range and an SNAT range', async () => {
  const page = await ask('DescribeCloudConnectNetworks')
  const { CloudConnectNetwork: networks } = page['CloudConnectNetworks'] as {
    readonly CloudConnectNetwork: readonly Listed[]
  }
  expect(networks).toMatchObject([
    { Name: 'demo-network', CidrBlock: '10.0.0.0/8', SnatCidrBlock: '10.255.0.0/24', AssociatedCloudBoxCount: '6' },
  ])
  const [network] = networks
  for (const instance of await instances()) expect(instance['AssociatedCcnId']).toBe(network?.['CcnId'])
})

test('the two remote users got their passwords by mail, which the operator can read', async () => {
  const mails = await sandbox.operator<readonly { readonly to: string }[]>('outbox', 'list')
  expect(mails.map(({ to }) => to).sort()).toEqual(['li.na@example.com', 'zhang.wei@example.com'])
})

test('of the two newer boxes the one at 3.4.2 takes a password by its own operation, the older one says why not', async () => {
  const change = async (SagSn: string): Promise<Listed> =>
    ask('UpdateSmartAccessGatewayAdminPassword', {
      SagInsId: await instanceOf(sandbox, SagSn),
      SagSn,
      Password: 'New_password1',
    })
  expect(await change('sagdemo5000a')).toMatchObject({ Code: '200', Success: true, Message: 'Successful' })
  await expect(change('sagdemo5000b')).rejects.toMatchObject({ code: 'FeatureNotSupport' })
})
