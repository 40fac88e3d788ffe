import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { toldRules } from '../../testing/routes.suite.ts'
import { deleteRouteDistributionStrategy as operation } from './delete-route-distribution-strategy.ts'
import { modifyRouteDistributionStrategy } from './modify-route-distribution-strategy.ts'

testOperation(operation, (world) => {
  type Given = Readonly<Record<string, string>>
  const route = { SourceType: 'local', RouteSource: 'STATIC', DestCidrBlock: '10.50.0.0/24' }
  const request = (SmartAGId: string, more: Given = {}): Given => ({
    ...{ RegionId: regionId, SmartAGId, ...route },
    ...more,
  })
  const refused = (id: string, more: Given = {}) => world().refused(operation, request(id, more))

  test('the route is told again, those of other networks, protocols and sides are not; none is nothing', async () => {
    const id = await world().addInstance()
    const others = [{ DestCidrBlock: '10.50.0.0/25' }, { RouteSource: 'BGP' }, { SourceType: 'cloud' }]
    for (const more of [{}, ...others]) {
      await world().call(modifyRouteDistributionStrategy, { ...request(id, more), RouteDistribution: 'no_publish' })
    }
    for (let time = 0; time < 2; time++) {
      expect(await world().call(operation, request(id))).toEqual({})
      expect((await toldRules(world(), id))?.map(({ from, source, to }) => `${from} ${source} ${to}`)).toEqual([
        'cloud STATIC 10.50.0.0/24',
        'local BGP 10.50.0.0/24',
        'local STATIC 10.50.0.0/25',
      ])
    }
  })

  test('SAG.InstanceIdEmpty: no instance; SAG.InstanceNoFound: unknown, or of another account', async () => {
    expect(await refused('')).toBe('SAG.InstanceIdEmpty')
    for (const id of ['sag-none', await world().addInstance({ accountId: otherAccountId })]) {
      expect(await refused(id)).toBe('SAG.InstanceNoFound')
    }
  })

  test.each([
    ['RD.InvalidSourceType', { SourceType: 'branch' }],
    ['InvalidParameter', { RouteSource: 'RIP' }],
    ['InvalidParameter', { DestCidrBlock: '10.50.0.1/24' }],
  ])('%s: %j, before the instance', async (code, more: Given) => {
    expect(await refused('sag-none', more)).toBe(code)
  })
})
