import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, addFlowLog } from '../../testing/networks.suite.ts'
import { addQos } from '../../testing/qos.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { describeCloudConnectNetworks } from '../ccn/describe-cloud-connect-networks.ts'
import { describeFlowLogs } from '../flow-logs/describe-flow-logs.ts'
import { describeSmartAccessGateways } from '../instances/describe-smart-access-gateways.ts'
import { describeQoses } from '../qos/describe-qoses.ts'
import { moveResourceGroup as operation } from './move-resource-group.ts'

testOperation(operation, (world) => {
  const request = (ResourceType: string, ResourceId: string, NewResourceGroupId = 'rg-one') => ({
    RegionId: regionId,
    ResourceType,
    ResourceId,
    NewResourceGroupId,
  })
  const move = (...given: Parameters<typeof request>) => world().call(operation, request(...given))
  const refused = (...given: Parameters<typeof request>) => world().refused(operation, request(...given))

  test('instances are in the group from then on, and lists narrow to it', async () => {
    const [gateways, app, other] = [await world().addInstance(), await addApp(world()), await world().addInstance()]
    await move('smartag', gateways)
    await move('smartag_s', app)
    await move('smartag', other, 'rg-two')
    const listed = await world().call(describeSmartAccessGateways, { ResourceGroupId: 'rg-one' })
    const shown = expect.arrayContaining([expect.objectContaining({ SmartAGId: app, ResourceGroupId: 'rg-one' })])
    expect(listed).toMatchObject({ TotalCount: 2, SmartAccessGateways: shown })
  })

  test('networks, QoS and flow logs show the group they are in', async () => {
    const region = { RegionId: regionId }
    await move('ccn', await addCcn(world()))
    await move('qos', await addQos(world()))
    await move('flowlog', await addFlowLog(world(), {}))
    const of = [{ ResourceGroupId: 'rg-one' }]
    expect(await world().call(describeCloudConnectNetworks, region)).toMatchObject({ CloudConnectNetworks: of })
    expect(await world().call(describeQoses, region)).toMatchObject({ Qoses: of })
    expect(await world().call(describeFlowLogs, region)).toMatchObject({ FlowLogs: of })
  })

  test('InvalidParameter: unknown, of another type, account or region, or of a type there is nothing of', async () => {
    const id = await world().addInstance()
    const foreign = await world().addInstance({ accountId: otherAccountId })
    const away = await world().addInstance({ regionId: 'cn-hangzhou' })
    for (const other of ['sag-none', foreign, away]) expect(await refused('smartag', other)).toBe('InvalidParameter')
    for (const type of ['smartag_s', 'ccn', 'acl', 'abwp']) expect(await refused(type, id)).toBe('InvalidParameter')
    const untouched = [id, foreign, away].map(async (one) => (await world().fleet.instanceById(one))?.resourceGroupId)
    expect(await Promise.all(untouched)).toEqual([undefined, undefined, undefined])
  })
})
