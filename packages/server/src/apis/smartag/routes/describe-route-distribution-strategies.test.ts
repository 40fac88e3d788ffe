import { expect, test } from 'vitest'
import { addBox, saysRoutes } from '../../testing/box.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, addHealthCheck, addVbr } from '../../testing/networks.suite.ts'
import { addRival, someRoutes } from '../../testing/routes.suite.ts'
import { describeRouteDistributionStrategies as operation } from './describe-route-distribution-strategies.ts'
import { modifyRouteDistributionStrategy } from './modify-route-distribution-strategy.ts'

testOperation(operation, (world) => {
  type Given = Readonly<Record<string, string>>
  const request = (SmartAGId: string, more: Given = {}): Given => ({
    ...{ RegionId: regionId, SmartAGId, SourceType: 'local' },
    ...more,
  })
  const refused = (id: string, more: Given = {}) => world().refused(operation, request(id, more))
  async function listed(id: string, more: Given = {}) {
    const { Strategies } = await world().call(operation, request(id, more))
    return Strategies
  }

  test('lists what the gateway has, whether it tells it, and whose it is too; the way to the Internet is none of it', async () => {
    const id = await world().addInstance()
    await saysRoutes(world(), await addBox(world(), id), someRoutes)
    const rival = await addRival(world(), id)
    const local = { SmartAGId: id, SourceType: 'local', RouteDistribution: 'publish', Status: 'normal' }
    const block = { RouteSource: 'STATIC', DestCidrBlock: '10.1.0.0/24' }
    const learnt = { RouteSource: 'OSPF', DestCidrBlock: '10.50.0.0/16' }
    expect(await listed(id)).toEqual([
      { ...local, ...block, StrategyPublishStatus: 'publish', IsConflict: false },
      {
        ...{ ...local, ...learnt, StrategyPublishStatus: 'publish' },
        ...{ IsConflict: true, ConflictInfo: `"10.50.7.0/24":"${rival}"` },
      },
    ])
    expect(await listed(id, { SourceType: 'cloud' })).toEqual([
      {
        ...{ ...local, SourceType: 'cloud', RouteSource: 'BGP', DestCidrBlock: '10.9.0.0/24' },
        ...{ StrategyPublishStatus: 'not_publish', IsConflict: false },
      },
    ])
  })

  test('a strategy is shown with its route, or without one as revoked; of a gateway that is away no route is known', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    await saysRoutes(world(), serial, someRoutes)
    const check = await addHealthCheck(world(), id)
    const set = { RegionId: regionId, SmartAGId: id, SourceType: 'local', RouteSource: 'STATIC', HcInstanceId: check }
    const RouteDistribution = 'publish_and_revoke_on_health_fail'
    for (const DestCidrBlock of ['10.1.0.0/24', '10.60.0.0/24']) {
      await world().call(modifyRouteDistributionStrategy, { ...set, DestCidrBlock, RouteDistribution })
    }
    const strategy = { RouteDistribution, HcInstanceId: check, CreateTime: world().now }
    expect(await listed(id)).toMatchObject([
      { DestCidrBlock: '10.1.0.0/24', Status: 'normal', StrategyPublishStatus: 'publish', ...strategy },
      { DestCidrBlock: '10.50.0.0/16', RouteDistribution: 'publish' },
      { DestCidrBlock: '10.60.0.0/24', Status: 'revoked', StrategyPublishStatus: 'not_publish', ...strategy },
    ])
    await world().setDevice(serial, { connected: false })
    expect(await listed(id)).toMatchObject([
      { DestCidrBlock: '10.1.0.0/24', Status: 'revoked', StrategyPublishStatus: 'not_publish' },
      { DestCidrBlock: '10.60.0.0/24', Status: 'revoked' },
    ])
  })

  test('also leased lines of its CEN are told of, all that have the network, but not the one it backs up', async () => {
    const id = await world().addInstance()
    await saysRoutes(world(), await addBox(world(), id), someRoutes.slice(0, 1))
    const cenId = 'cen-conflict'
    const lines = [
      await addVbr(world(), { cenId, routes: '10.1.0.0/25' }),
      await addVbr(world(), { cenId, routes: '10.1.0.0/25' }),
    ]
    await addVbr(world(), { cenId, routes: '10.1.0.0/16', instanceId: id })
    await addVbr(world(), { cenId: 'cen-other', routes: '10.1.0.0/25' })
    await addCcn(world(), { cenId }, id)
    expect(await listed(id)).toMatchObject([{ ConflictInfo: `"10.1.0.0/25":"${[...lines].sort().join(',')}"` }])
  })

  test('by pages, in the order of the networks', async () => {
    const id = await world().addInstance()
    await saysRoutes(world(), await addBox(world(), id), [...someRoutes].reverse())
    const page = await world().call(operation, request(id, { PageNumber: '2', PageSize: '1' }))
    expect(page).toMatchObject({ TotalCount: 2, PageNumber: 2, PageSize: 1, Strategies: [{ RouteSource: 'OSPF' }] })
  })

  test('SAG.InstanceIdEmpty: no instance; SAG.InstanceNoFound: unknown, or of another account', async () => {
    expect(await refused('')).toBe('SAG.InstanceIdEmpty')
    for (const id of ['sag-none', await world().addInstance({ accountId: otherAccountId })]) {
      expect(await refused(id)).toBe('SAG.InstanceNoFound')
    }
  })

  test('RD.InvalidSourceType: neither of the two sides', async () => {
    expect(await refused(await world().addInstance(), { SourceType: 'branch' })).toBe('RD.InvalidSourceType')
  })
})
