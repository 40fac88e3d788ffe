import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addHealthCheck } from '../../testing/networks.suite.ts'
import { modifyRouteDistributionStrategy } from '../routes/modify-route-distribution-strategy.ts'
import { deleteHealthCheck as operation } from './delete-health-check.ts'
import { describeHealthChecks } from './describe-health-checks.ts'

testOperation(operation, (world) => {
  test('takes it away from the instance and its gateways', async () => {
    const SmartAGId = await world().addInstance()
    const serial = await world().addDevice(SmartAGId)
    const [first, second] = [await addHealthCheck(world(), SmartAGId), await addHealthCheck(world(), SmartAGId)]
    world().told.length = 0
    await world().call(operation, { RegionId: regionId, HcInstanceId: first })
    expect(world().told).toEqual([serial])
    const { HealthChecks } = await world().call(describeHealthChecks, { RegionId: regionId, SmartAGId })
    expect(HealthChecks).toMatchObject([{ HcInstanceId: second }])
  })

  test('HC.InstanceNoFound: unknown, in another region, of another account, or gone', async () => {
    const id = await addHealthCheck(world(), await world().addInstance())
    const foreign = await addHealthCheck(world(), await world().addInstance({ accountId: otherAccountId }))
    const call = { RegionId: regionId, HcInstanceId: id }
    expect(await world().refused(operation, { ...call, HcInstanceId: 'hc-none' })).toBe('HC.InstanceNoFound')
    expect(await world().refused(operation, { ...call, RegionId: 'cn-hangzhou' })).toBe('HC.InstanceNoFound')
    expect(await world().refused(operation, { ...call, HcInstanceId: foreign })).toBe('HC.InstanceNoFound')
    await world().call(operation, call)
    expect(await world().refused(operation, call)).toBe('HC.InstanceNoFound')
  })

  test('HC.RelatedRoute: whether a route is told follows it', async () => {
    const SmartAGId = await world().addInstance()
    const HcInstanceId = await addHealthCheck(world(), SmartAGId)
    const route = { SourceType: 'local', RouteSource: 'STATIC', DestCidrBlock: '10.50.0.0/24' }
    const follows = { RouteDistribution: 'publish_and_revoke_on_health_fail', HcInstanceId }
    const own = { RegionId: regionId, SmartAGId }
    await world().call(modifyRouteDistributionStrategy, { ...own, ...route, ...follows })
    expect(await world().call(describeHealthChecks, own)).toMatchObject({ HealthChecks: [{ RelationCount: 1 }] })
    expect(await world().refused(operation, { RegionId: regionId, HcInstanceId })).toBe('HC.RelatedRoute')
    await world().call(modifyRouteDistributionStrategy, { ...own, ...route, RouteDistribution: 'no_publish' })
    await world().call(operation, { RegionId: regionId, HcInstanceId })
  })

  test('MissingHcInstanceId: blank', async () => {
    expect(await world().refused(operation, { RegionId: regionId, HcInstanceId: '' })).toBe('MissingHcInstanceId')
  })
})
