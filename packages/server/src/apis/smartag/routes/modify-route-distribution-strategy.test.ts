import { expect, test } from 'vitest'
import { strategyLimit } from '../../../model/route-strategy.ts'
import { addBox } from '../../testing/box.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addHealthCheck } from '../../testing/networks.suite.ts'
import { toldRules } from '../../testing/routes.suite.ts'
import { modifyRouteDistributionStrategy as operation } from './modify-route-distribution-strategy.ts'

testOperation(operation, (world) => {
  type Given = Readonly<Record<string, string>>
  const route = { SourceType: 'local', RouteSource: 'STATIC', DestCidrBlock: '10.50.0.0/24' }
  const request = (SmartAGId: string, more: Given = {}): Given => ({
    ...{ RegionId: regionId, SmartAGId, ...route, RouteDistribution: 'no_publish' },
    ...more,
  })
  const set = (id: string, more: Given = {}) => world().call(operation, request(id, more))
  const refused = (id: string, more: Given = {}) => world().refused(operation, request(id, more))
  const ofRoute = { from: 'local', source: 'STATIC', to: '10.50.0.0/24' }

  test('its gateways are told; the newest of a route counts, and of others nothing', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    world().told.length = 0
    await set(id)
    expect([await toldRules(world(), id), world().told]).toEqual([[{ ...ofRoute, isDistributed: false }], [serial]])
    await set(id, { SourceType: 'cloud', RouteSource: 'BGP' })
    await set(id, { RouteDistribution: 'publish' })
    expect(await toldRules(world(), id)).toEqual([
      { from: 'cloud', source: 'BGP', to: '10.50.0.0/24', isDistributed: false },
    ])
  })

  test.each([
    ['no_publish_and_publish_on_health_success', false, 'success'],
    ['no_publish_and_publish_on_health_fail', false, 'failed'],
    ['publish_and_revoke_on_health_success', true, 'success'],
    ['publish_and_revoke_on_health_fail', true, 'failed'],
  ])(
    '%s: at first %j, the other way round once the health check is %j',
    async (RouteDistribution, isDistributed, is) => {
      const id = await world().addInstance()
      await addBox(world(), id)
      const check = await addHealthCheck(world(), id)
      await set(id, { RouteDistribution, HcInstanceId: check })
      expect(await toldRules(world(), id)).toEqual([{ ...ofRoute, isDistributed, unless: { check, is } }])
    },
  )

  test('without a health check in it the one that was sent is not looked at', async () => {
    const id = await world().addInstance()
    await set(id, { HcInstanceId: 'hc-none' })
    expect(await toldRules(world(), id)).toEqual([{ ...ofRoute, isDistributed: false }])
  })

  test('SAG.InstanceIdEmpty: no instance; SAG.InstanceNoFound: unknown, or of another account', async () => {
    expect(await refused('')).toBe('SAG.InstanceIdEmpty')
    for (const id of ['sag-none', await world().addInstance({ accountId: otherAccountId })]) {
      expect(await refused(id)).toBe('SAG.InstanceNoFound')
    }
  })

  test('SAG.SoftwareNotSupport: a remote-access service has no gateway', async () => {
    expect(await refused(await world().addInstance({ kind: 'app' }))).toBe('SAG.SoftwareNotSupport')
  })

  test.each([
    ['RD.InvalidSourceType', { SourceType: 'branch' }],
    ['InvalidParameter', { RouteSource: 'RIP' }],
    ['InvalidParameter', { DestCidrBlock: '10.50.0.1/24' }],
    ['InvalidParameter', { RouteDistribution: 'sometimes' }],
  ])('%s: %j, before the instance', async (code, more: Given) => {
    expect(await refused('sag-none', more)).toBe(code)
  })

  test('InvalidParameter: a health check is needed and not named; HC.InstanceNoFound: it is none of the instance', async () => {
    const id = await world().addInstance()
    const RouteDistribution = 'publish_and_revoke_on_health_fail'
    expect(await refused(id, { RouteDistribution })).toBe('InvalidParameter')
    const other = await addHealthCheck(world(), await world().addInstance())
    for (const HcInstanceId of ['hc-none', other]) {
      expect(await refused(id, { RouteDistribution, HcInstanceId })).toBe('HC.InstanceNoFound')
    }
  })

  test('InvalidParameter: more than an instance has; one that is there can be changed', async () => {
    const id = await world().addInstance()
    for (let index = 0; index < strategyLimit; index++) await set(id, { DestCidrBlock: `10.50.${index}.0/24` })
    expect(await refused(id, { DestCidrBlock: '10.51.0.0/24' })).toBe('InvalidParameter')
    await set(id, { RouteDistribution: 'publish' })
  })
})
