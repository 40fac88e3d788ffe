import { expect, test } from 'vitest'
import { addBox, saysBox, testChangedBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { change, setBlocks } from '../../testing/networks.suite.ts'
import { describeSagLanList } from './describe-sag-lan-list.ts'
import { modifySagLan as operation } from './modify-sag-lan.ts'

testOperation(operation, (world) => {
  type Given = Readonly<Record<string, string>>
  const lan = { PortName: '4', IPType: 'DHCP', IP: '10.1.0.1', Mask: '255.255.255.0' }
  testChangedBox(world, { operation, more: lan }, { noInstance: 'SAG.InstanceNoFound' })

  const place = (SmartAGId: string, SmartAGSn: string): Given => ({ RegionId: regionId, SmartAGId, SmartAGSn })
  const stored = async (serial: string) => (await settingsOf(world(), serial)).lan

  test('sets the port; the others of the device stay as they are', async () => {
    const id = await world().addInstance()
    const second = { port: '3', type: 'STATIC', ip: '10.9.0.1', length: 16 } as const
    const first = { port: '4', type: 'DHCP', ip: '10.1.0.1', length: 24, lease: 2 } as const
    const serial = await addBox(world(), id, {}, { lan: [first, second] })
    const wanted = { ...lan, IP: '10.1.0.9', StartIp: '10.1.0.20', EndIp: '10.1.0.30', Lease: '1440' }
    await world().call(operation, { ...place(id, serial), ...wanted })
    const asSet = { port: '4', type: 'DHCP', ip: '10.1.0.9', length: 24, start: '10.1.0.20', end: '10.1.0.30' }
    expect(await stored(serial)).toEqual([
      { ...asSet, lease: 1440 },
      { ...second, lease: 60 },
    ])
    const shown = await world().call(describeSagLanList, place(id, serial))
    expect(shown).toMatchObject({ Lans: [{ IP: '10.1.0.1' }, {}], TaskStates: [{ State: 'Initialized' }] })
    await saysBox(world(), id, serial, { lan: [second, { ...asSet, type: 'DHCP', lease: 1440 }] })
    expect(await world().call(describeSagLanList, place(id, serial))).toMatchObject({
      Lans: [{ PortName: '3' }, { PortName: '4', IP: '10.1.0.9', Lease: '1440' }],
      TaskStates: [{ State: 'Succeed' }],
    })
  })

  test('of a port that gives no addresses those it would give are not looked at', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    const pool = { StartIp: '10.77.0.1', EndIp: '10.77.0.0' }
    await world().call(operation, { ...place(id, serial), ...lan, IPType: 'STATIC', ...pool })
    expect(await stored(serial)).toEqual([{ port: '4', type: 'STATIC', ip: '10.1.0.1', length: 24, lease: 60 }])
  })

  test('Sag.PortNotExist and Sag.PortRoleInvalid: no port of the device, or none of the branch', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    const refused = (PortName: string) => world().refused(operation, { ...place(id, serial), ...lan, PortName })
    expect(await refused('9')).toBe('Sag.PortNotExist')
    expect(await refused('5')).toBe('Sag.PortRoleInvalid')
  })

  test.each([
    { IPType: 'PPPOE' },
    { IP: '300.1.1.1' },
    { IP: '127.0.0.1' },
    { IP: '224.0.0.1' },
    { Mask: '255.0.255.0' },
    { Mask: '255.255.255.254' },
    { Mask: '254.0.0.0' },
    { Lease: '0' },
    { Lease: '43201' },
    { Lease: 'x' },
    { StartIp: 'x' },
    { EndIp: '10.1.0.256' },
  ])('InvalidParameter: %j, before the instance', async (more) => {
    expect(await world().refused(operation, { ...place('sag-none', 'sag1'), ...lan, ...more })).toBe('InvalidParameter')
  })

  test.each([
    ['the address of the network', { IP: '10.1.0.0' }],
    ['its broadcast address', { IP: '10.1.0.255' }],
    ['half a range', { StartIp: '10.1.0.2' }],
    ['a range outside', { StartIp: '10.1.0.2', EndIp: '10.1.1.9' }],
    ['a range that ends before it begins', { StartIp: '10.1.0.9', EndIp: '10.1.0.2' }],
    ['a range with the address of the port', { IP: '10.1.0.5', StartIp: '10.1.0.2', EndIp: '10.1.0.9' }],
    ['a subnet that another port has', { IP: '203.0.113.2', Mask: '255.255.255.0' }],
    ['a subnet that its console has', { IP: '192.168.0.2' }],
    ['a subnet outside of the blocks', { IP: '10.2.0.1' }],
    ['a subnet wider than its block', { Mask: '255.255.0.0' }],
  ])('InvalidParameter: %s', async (title, more) => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    if (/block/.test(title)) await setBlocks(world(), id, '10.1.0.0/24')
    expect(await world().refused(operation, { ...place(id, serial), ...lan, ...more })).toBe('InvalidParameter')
  })

  test('a port whose subnet is in no block of the instance any more follows the blocks again', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    await world().call(operation, { ...place(id, serial), ...lan, IP: '10.1.0.7' })
    const told = () =>
      world().store.read(async (db) => {
        const row = await db.selectFrom('gateway_config').select('config').where('instance_id', '=', id).execute()
        return JSON.parse(row[0]?.config ?? '{}').own[serial]?.box
      })
    expect(await told()).toMatchObject({ lan: [{ ip: '10.1.0.7' }] })
    await setBlocks(world(), id, '10.2.0.0/24')
    await change(world(), ({ gatewayConfigs }) => gatewayConfigs.refresh(id))
    expect(await told()).toBeUndefined()
  })
})
