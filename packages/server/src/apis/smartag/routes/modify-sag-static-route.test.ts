import { expect, test } from 'vitest'
import { addBox, testChangedBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { modifySagStaticRoute as operation } from './modify-sag-static-route.ts'

testOperation(operation, (world) => {
  type Given = Readonly<Record<string, string>>
  const route = { PortName: '4', DestinationCidr: '10.50.0.0/24', NextHop: '10.1.0.251' }
  const set = { port: '4', vlan: 0, to: '10.50.0.0/24', via: '10.1.0.250' }
  const place = (SmartAGId: string, SmartAGSn: string): Given => ({ RegionId: regionId, SmartAGId, SmartAGSn })

  testChangedBox(
    world,
    { operation, more: route, report: { staticRoutes: [set] } },
    { noInstance: 'SAG.InstanceNoFound' },
  )

  test('the route has another router, and its place among the others', async () => {
    const id = await world().addInstance()
    const other = { ...set, to: '10.60.0.0/24' }
    const serial = await addBox(world(), id, {}, { staticRoutes: [set, other] })
    await world().call(operation, { ...place(id, serial), ...route })
    expect((await settingsOf(world(), serial)).staticRoutes).toEqual([{ ...set, via: '10.1.0.251' }, other])
  })

  test('FeatureNotSupport: a program that takes no routes', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id, { capabilities: 'config-trial box' })
    expect(await world().refused(operation, { ...place(id, serial), ...route })).toBe('FeatureNotSupport')
  })

  test.each([
    ['Sag.PortNotExist', { PortName: '9' }],
    ['Sag.PortRoleInvalid', { PortName: '2' }],
    ['Sag.EccVlanNotExist', { Vlan: '11' }],
    ['Sag.StaticRouteNotExist', { DestinationCidr: '10.50.0.0/25' }],
    ['Sag.StaticRouteNotExist', { PortName: '5' }],
    ['InvalidParameter', { DestinationCidr: '10.50.0.1/24' }],
    ['InvalidParameter', { NextHop: 'x' }],
  ])('%s: %j', async (code, more: Given) => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id, {}, { staticRoutes: [set] })
    expect(await world().refused(operation, { ...place(id, serial), ...route, ...more })).toBe(code)
  })
})
