import { expect, test } from 'vitest'
import { staticRouteLimit } from '../../../model/static-route.ts'
import { addBox, saysBox, testChangedBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { addLineBox, line } from '../../testing/leased-lines.suite.ts'
import { createSagStaticRoute as operation } from './create-sag-static-route.ts'
import { describeSagStaticRouteList } from './describe-sag-static-route-list.ts'

testOperation(operation, (world) => {
  type Given = Readonly<Record<string, string>>
  const route = { PortName: '4', DestinationCidr: '10.50.0.0/24', NextHop: '10.1.0.250' }
  const place = (SmartAGId: string, SmartAGSn: string): Given => ({ RegionId: regionId, SmartAGId, SmartAGSn })
  const stored = async (serial: string) => (await settingsOf(world(), serial)).staticRoutes

  testChangedBox(
    world,
    { operation, more: route },
    { noInstance: 'SAG.InstanceNoFound', again: 'Sag.StaticRouteExist' },
  )

  test('adds it to those that the device says it has; it is in force once the device says so', async () => {
    const id = await world().addInstance()
    const before = { port: '5', vlan: 0, to: '0.0.0.0/0', via: '203.0.113.1' }
    const serial = await addBox(world(), id, {}, { staticRoutes: [before] })
    await world().call(operation, { ...place(id, serial), ...route })
    const added = { port: '4', vlan: 0, to: '10.50.0.0/24', via: '10.1.0.250' }
    expect(await stored(serial)).toEqual([before, added])
    const shown = () => world().call(describeSagStaticRouteList, place(id, serial))
    expect(await shown()).toMatchObject({ StaticRoutes: [{ PortName: '5' }], TaskStates: [{ State: 'Initialized' }] })
    await saysBox(world(), id, serial, { staticRoutes: [before, added] })
    expect(await shown()).toMatchObject({
      StaticRoutes: [
        { PortName: '5' },
        { PortName: '4', Vlan: '0', DestinationCidr: '10.50.0.0/24', NextHop: '10.1.0.250' },
      ],
      TaskStates: [{ State: 'Succeed' }],
    })
  })

  test('FeatureNotSupport: a program that takes no routes', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id, { capabilities: 'config-trial box' })
    expect(await world().refused(operation, { ...place(id, serial), ...route })).toBe('FeatureNotSupport')
  })

  test.each([
    ['Sag.PortNotExist', 'no port of the device', { PortName: '9' }],
    ['Sag.PortRoleInvalid', 'the port of its console', { PortName: '2' }],
    ['Sag.PortRoleInvalid', 'a port without a role', { PortName: '0' }],
    ['Sag.EccVlanNotExist', 'a port without VLANs', { Vlan: '11' }],
  ])('%s: %s', async (code, _, more: Given) => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    expect(await world().refused(operation, { ...place(id, serial), ...route, ...more })).toBe(code)
  })

  test('by a leased line: only by one that was created, and not by the port alone', async () => {
    const id = await world().addInstance()
    const serial = await addLineBox(world(), id, [line(10)])
    const request = { ...place(id, serial), ...route, PortName: '3', NextHop: '192.168.30.42' }
    for (const Vlan of ['0', '11'])
      expect(await world().refused(operation, { ...request, Vlan })).toBe('Sag.EccVlanNotExist')
    await world().call(operation, { ...request, Vlan: '10' })
    expect(await stored(serial)).toEqual([{ port: '3', vlan: 10, to: '10.50.0.0/24', via: '192.168.30.42' }])
  })

  test('Sag.StaticRouteExist: whatever the router; the same network by another port is another route', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    await world().call(operation, { ...place(id, serial), ...route })
    const other = { ...place(id, serial), ...route, NextHop: '10.1.0.251' }
    expect(await world().refused(operation, other)).toBe('Sag.StaticRouteExist')
    await world().call(operation, { ...other, PortName: '5' })
    expect(await stored(serial)).toHaveLength(2)
  })

  test('InvalidParameter: more routes than a device has', async () => {
    const id = await world().addInstance()
    const staticRoutes = [...Array(staticRouteLimit).keys()].map((index) => ({
      ...{ port: '4', vlan: 0, to: `10.60.${index}.0/24`, via: '10.1.0.250' },
    }))
    const serial = await addBox(world(), id, {}, { staticRoutes })
    expect(await world().refused(operation, { ...place(id, serial), ...route })).toBe('InvalidParameter')
  })

  test.each([
    { DestinationCidr: '10.50.0.1/24' },
    { DestinationCidr: '10.50.0.0' },
    { DestinationCidr: '127.0.0.0/8' },
    { DestinationCidr: '224.0.0.0/4' },
    { NextHop: '10.1.0' },
    { NextHop: '224.0.0.1' },
    { Vlan: '4095' },
    { Vlan: '-1' },
  ])('InvalidParameter: %j, before the instance', async (more) => {
    expect(await world().refused(operation, { ...place('sag-none', 'sag1'), ...route, ...more })).toBe(
      'InvalidParameter',
    )
  })
})
