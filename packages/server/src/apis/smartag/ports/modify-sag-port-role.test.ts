import type { BoxReport } from '@opensag/protocol'
import { expect, test } from 'vitest'
import type { BoxSettings } from '../../../model/box.ts'
import { addBox, factoryBox, testChangedBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { modifySagPortRole as operation } from './modify-sag-port-role.ts'

testOperation(operation, (world) => {
  type Given = Readonly<Record<string, string>>
  const wanted = { PortName: '0', Role: 'ECC' }
  testChangedBox(world, { operation, more: wanted }, { noInstance: 'SAG.InstanceNoFound' })

  const place = (SmartAGId: string, SmartAGSn: string): Given => ({ RegionId: regionId, SmartAGId, SmartAGSn })
  const call = (id: string, serial: string, more: Given = {}) =>
    world().call(operation, { ...place(id, serial), ...wanted, ...more })
  const refused = (id: string, serial: string, more: Given = {}) =>
    world().refused(operation, { ...place(id, serial), ...wanted, ...more })
  const revisionOf = async (id: string): Promise<number> =>
    (await world().fleet.instanceById(id))?.configRevision ?? Number.NaN
  const withPorts = (...roles: readonly BoxReport['ports'][number]['role'][]): Partial<BoxReport> => ({
    ports: [
      ...factoryBox.ports,
      ...roles.map((role, index) => ({ name: `x${index}`, mac: '02:00:00:00:01:00', isUp: false, role })),
    ],
  })

  test('the port has the role on both devices of an instance', async () => {
    const id = await world().addInstance()
    const serials = [await addBox(world(), id), await addBox(world(), id)] as const
    await call(id, serials[1])
    for (const serial of serials)
      expect(await settingsOf(world(), serial)).toEqual({ roles: [{ port: '0', role: 'ECC' }] })
    // The one it has is no change.
    await call(id, serials[0], { Role: 'ECC' })
    await call(id, serials[0], { PortName: '5', Role: 'WAN' })
    expect(await settingsOf(world(), serials[0])).toEqual({ roles: [{ port: '0', role: 'ECC' }] })
  })

  test('what was set of the port is gone, of the others it stays', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    const line = { port: '5', type: 'DHCP', priority: 1, weight: 1, isp: 'CT' } as const
    const route = { port: '5', vlan: 0, to: '10.50.0.0/24', via: '203.0.113.9' }
    const spoken = { port: '5', vlan: 0, protocol: 'STATIC' } as const
    const settings: BoxSettings = {
      wan: [line, { ...line, port: '6' }],
      lan: [{ port: '4', type: 'STATIC', ip: '10.1.0.1', length: 24, lease: 60 }],
      staticRoutes: [route, { ...route, port: '4' }],
      portProtocols: [spoken, { ...spoken, port: '4' }],
    }
    await world().setDevice(serial, { box: JSON.stringify(settings) })
    const revision = await revisionOf(id)
    await call(id, serial, { PortName: '5', Role: 'NONE' })
    // The device is told of all of it at once.
    expect(await revisionOf(id)).toBe(revision + 1)
    expect(await settingsOf(world(), serial)).toEqual({
      ...settings,
      wan: [{ ...line, port: '6' }],
      staticRoutes: [{ ...route, port: '4' }],
      portProtocols: [{ ...spoken, port: '4' }],
      roles: [{ port: '5', role: 'NONE' }],
    })
  })

  test('Sag.PortNotExist: no port of both devices', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    expect(await refused(id, serial, { PortName: '9' })).toBe('Sag.PortNotExist')
    await addBox(world(), id, {}, { ports: factoryBox.ports.slice(1) })
    expect(await refused(id, serial)).toBe('Sag.PortNotExist')
  })

  test('Sag.PortMgtError: the port of the local console keeps its role', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    expect(await refused(id, serial, { PortName: '2' })).toBe('Sag.PortMgtError')
    await call(id, serial, { PortName: '2', Role: 'MGT' })
  })

  test('Sag.PortRoleInvalid: there is no such role', async () => {
    expect(await refused('sag-none', 'sag1', { Role: 'DMZ' })).toBe('Sag.PortRoleInvalid')
  })

  test('Sag.HaPortExist: the devices share an address there, whichever of them says so', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    await addBox(world(), id, {}, { ha: { mode: 'STATIC', port: '4', ip: '10.1.0.250' } })
    expect(await refused(id, serial, { PortName: '4' })).toBe('Sag.HaPortExist')
    await call(id, serial)
  })

  test.each([
    ['MGT', withPorts()],
    ['ECC', withPorts('ECC')],
    ['WAN', withPorts('WAN', 'WAN', 'WAN')],
    ['LAN', withPorts('LAN', 'LAN', 'LAN')],
  ])('Sag.PortRoleLimit: another %s is one too many', async (Role, report) => {
    const id = await world().addInstance()
    expect(await refused(id, await addBox(world(), id, {}, report), { Role })).toBe('Sag.PortRoleLimit')
  })

  test('a role that is set and not there yet counts too', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id, {}, withPorts('NONE'))
    await call(id, serial)
    expect(await refused(id, serial, { PortName: 'x0' })).toBe('Sag.PortRoleLimit')
    await call(id, serial, { Role: 'LAN' })
    await call(id, serial, { PortName: 'x0' })
  })

  test('ConfigUnsynchronized: also the console of the other device was used', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    await addBox(world(), id, { synStatus: 'Unsynchronized' })
    expect(await refused(id, serial)).toBe('ConfigUnsynchronized')
  })
})
