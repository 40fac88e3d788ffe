import { expect, test } from 'vitest'
import { addBox, factoryBox, saysBox, testChangedBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { addPair } from '../../testing/pairs.suite.ts'
import { describeSagHa } from './describe-sag-ha.ts'
import { modifySagHa as operation } from './modify-sag-ha.ts'

testOperation(operation, (world) => {
  type Given = Readonly<Record<string, string>>
  const fixed = { Mode: 'STATIC', PortName: '4', VirtualIp: '10.1.0.250' }
  const set = { mode: 'STATIC', port: '4', ip: '10.1.0.250' }
  testChangedBox(
    world,
    { operation, more: { Mode: 'NONE' } },
    { noInstance: 'SAG.InstanceNoFound', lacks: { model: 'SCG5000', version: '3.4.2.0' } },
  )

  const place = (SmartAGId: string, SmartAGSn: string): Given => ({ RegionId: regionId, SmartAGId, SmartAGSn })
  const call = (id: string, serial: string, more: Given) => world().call(operation, { ...place(id, serial), ...more })
  const refused = (id: string, serial: string, more: Given) =>
    world().refused(operation, { ...place(id, serial), ...more })
  const setOf = (...serials: readonly string[]) =>
    Promise.all(serials.map(async (serial) => (await settingsOf(world(), serial)).ha))

  test('is set of both devices, whichever is named, and taken back of both', async () => {
    const id = await world().addInstance()
    const [active, standby] = await addPair(world(), id)
    await call(id, standby, fixed)
    expect(await setOf(active, standby)).toEqual([set, set])
    const state = async () => (await world().call(describeSagHa, place(id, active))).TaskStates
    expect(await state()).toMatchObject([{ State: 'Initialized' }])
    await saysBox(world(), id, active, { ha: { mode: 'STATIC', port: '4', ip: '10.1.0.250' } })
    expect(await state()).toMatchObject([{ State: 'Succeed' }])
    await call(id, active, { Mode: 'NONE', PortName: '9', VirtualIp: '10.1.0.1' })
    expect(await setOf(active, standby)).toEqual([{ mode: 'NONE' }, { mode: 'NONE' }])
  })

  test('also the line to the Internet can have the address; another address at the same port is a change', async () => {
    const id = await world().addInstance()
    const [active, standby] = await addPair(world(), id)
    await call(id, active, { ...fixed, PortName: '5', VirtualIp: '203.0.113.2' })
    await call(id, active, { ...fixed, PortName: '5', VirtualIp: '203.0.113.3' })
    expect(await setOf(standby)).toEqual([{ mode: 'STATIC', port: '5', ip: '203.0.113.3' }])
  })

  test('both devices have to be ready for it', async () => {
    const id = await world().addInstance()
    const [active, standby] = await addPair(world(), id)
    await world().setDevice(standby, { synStatus: 'Unsynchronized' })
    expect(await refused(id, active, fixed)).toBe('ConfigUnsynchronized')
  })

  test('Sag.HaTypeNotAllow: one device, an old one, two kinds, other roles, a cold backup; costs of routes without a protocol', async () => {
    const alone = await world().addInstance()
    expect(await refused(alone, await addBox(world(), alone), fixed)).toBe('Sag.HaTypeNotAllow')
    const id = await world().addInstance()
    const [active, standby] = await addPair(world(), id)
    await world().setDevice(standby, { version: '1.7.9.9' })
    expect(await refused(id, active, fixed)).toBe('Sag.HaTypeNotAllow')
    await world().setDevice(standby, { version: '1.8.0.0' })
    expect(await refused(id, active, { Mode: 'DYNAMIC' })).toBe('Sag.HaTypeNotAllow')
    await call(id, active, fixed)

    const mixed = await world().addInstance()
    await addBox(world(), mixed, { model: 'sag-100wm' })
    expect(await refused(mixed, await addBox(world(), mixed), fixed)).toBe('Sag.HaTypeNotAllow')
    const other = await world().addInstance()
    const ports = factoryBox.ports.map((one) => (one.name === '0' ? { ...one, role: 'WAN' as const } : one))
    const one = await addBox(world(), other, {}, { ports })
    await addBox(world(), other)
    expect(await refused(other, one, fixed)).toBe('Sag.HaTypeNotAllow')
    const cold = await world().addInstance({ spec: 'sag-100wm', haType: 'cold_backup' })
    const small = await addBox(world(), cold, { model: 'sag-100wm' })
    await addBox(world(), cold, { model: 'sag-100wm' })
    expect(await refused(cold, small, fixed)).toBe('Sag.HaTypeNotAllow')
  })

  test('Sag.HaPortRoleError: no port of the branch or to the Internet', async () => {
    const id = await world().addInstance()
    const [active] = await addPair(world(), id)
    for (const PortName of ['0', '2', '9'])
      expect(await refused(id, active, { ...fixed, PortName })).toBe('Sag.HaPortRoleError')
  })

  test('Sag.HaPortExist: another port has an address of both', async () => {
    const id = await world().addInstance()
    const [active, standby] = await addPair(world(), id)
    await call(id, active, fixed)
    expect(await refused(id, standby, { ...fixed, PortName: '5', VirtualIp: '203.0.113.2' })).toBe('Sag.HaPortExist')
  })

  test.each([{ Mode: 'BOTH' }, { VirtualIp: '224.0.0.1' }, { VirtualIp: '' }, { PortName: '' }])(
    'InvalidParameter: %j, before the instance',
    async (more) => {
      expect(await refused('sag-none', 'sag1', { ...fixed, ...more } as Given)).toBe('InvalidParameter')
    },
  )

  test.each([
    ['outside of the subnet', { VirtualIp: '10.1.1.5' }],
    ['the broadcast address', { VirtualIp: '10.1.0.255' }],
    ['the address of a device', { VirtualIp: '10.1.0.1' }],
    ['the address of the other device', { PortName: '5', VirtualIp: '203.0.113.6' }],
    ['one that terminals are given', { VirtualIp: '10.1.0.150' }],
  ])('InvalidParameter: an address that is %s', async (_title, more: Given) => {
    const id = await world().addInstance()
    const [active] = await addPair(world(), id)
    expect(await refused(id, active, { ...fixed, ...more })).toBe('InvalidParameter')
  })

  test('InvalidParameter: a port that has no address on either device', async () => {
    const id = await world().addInstance()
    const [active] = await addPair(world(), id, { lan: [{ port: '4', type: 'STATIC' }] })
    expect(await refused(id, active, fixed)).toBe('InvalidParameter')
  })
})
