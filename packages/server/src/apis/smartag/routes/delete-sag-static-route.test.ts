import { expect, test } from 'vitest'
import { addBox, testChangedBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { deleteSagStaticRoute as operation } from './delete-sag-static-route.ts'

testOperation(operation, (world) => {
  type Given = Readonly<Record<string, string>>
  const route = { PortName: '4', DestinationCidr: '10.50.0.0/24' }
  const set = { port: '4', vlan: 0, to: '10.50.0.0/24', via: '10.1.0.250' }
  const place = (SmartAGId: string, SmartAGSn: string): Given => ({ RegionId: regionId, SmartAGId, SmartAGSn })

  testChangedBox(
    world,
    { operation, more: route, report: { staticRoutes: [set] } },
    { noInstance: 'SAG.InstanceNoFound', again: 'Sag.StaticRouteNotExist' },
  )

  test('the others stay; a second time there is no such route: Sag.StaticRouteNotExist', async () => {
    const id = await world().addInstance()
    const other = { ...set, port: '5' }
    const serial = await addBox(world(), id, {}, { staticRoutes: [set, other] })
    await world().call(operation, { ...place(id, serial), ...route })
    expect((await settingsOf(world(), serial)).staticRoutes).toEqual([other])
    expect(await world().refused(operation, { ...place(id, serial), ...route })).toBe('Sag.StaticRouteNotExist')
  })

  test('of a port that has another role by now it can be deleted', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id, {}, { staticRoutes: [{ ...set, port: '0', vlan: 7 }] })
    await world().call(operation, { ...place(id, serial), ...route, PortName: '0', Vlan: '7' })
  })

  test('FeatureNotSupport: a program that takes no routes', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id, { capabilities: 'config-trial box' })
    expect(await world().refused(operation, { ...place(id, serial), ...route })).toBe('FeatureNotSupport')
  })

  test.each([
    ['Sag.PortNotExist', { PortName: '9' }],
    ['InvalidParameter', { DestinationCidr: '10.50.0.1/24' }],
    ['InvalidParameter', { Vlan: 'x' }],
  ])('%s: %j', async (code, more: Given) => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id, {}, { staticRoutes: [set] })
    expect(await world().refused(operation, { ...place(id, serial), ...route, ...more })).toBe(code)
  })
})
