import { expect, test } from 'vitest'
import { saysBox, testChangedBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { addLineBox, line, lineReport } from '../../testing/leased-lines.suite.ts'
import { createSagExpressConnectInterface as operation } from './create-sag-express-connect-interface.ts'
import { describeSagExpressConnectInterfaceList } from './describe-sag-express-connect-interface-list.ts'

testOperation(operation, (world) => {
  type Given = Readonly<Record<string, string>>
  const wanted = { PortName: '3', Vlan: '10', IP: '192.168.30.41', Mask: '255.255.255.252' }
  testChangedBox(
    world,
    { operation, more: wanted, report: lineReport },
    { noInstance: 'SAG.InstanceNoFound', again: 'Sag.EccVlanExist' },
  )

  const place = (SmartAGId: string, SmartAGSn: string): Given => ({ RegionId: regionId, SmartAGId, SmartAGSn })
  const refused = (id: string, serial: string, more: Given) =>
    world().refused(operation, { ...place(id, serial), ...wanted, ...more })

  test('the device has the address once it says so; without a VLAN it is that of the port', async () => {
    const id = await world().addInstance()
    const serial = await addLineBox(world(), id)
    await world().call(operation, { ...place(id, serial), ...wanted })
    expect((await settingsOf(world(), serial)).ecc).toEqual([line(10)])
    const shown = () => world().call(describeSagExpressConnectInterfaceList, { ...place(id, serial), PortName: '3' })
    expect(await shown()).toMatchObject({ Interfaces: [], TaskStates: [{ State: 'Initialized' }] })
    await saysBox(world(), id, serial, { ...lineReport, ecc: [line(10)] })
    expect(await shown()).toMatchObject({ Interfaces: [{ Vlan: '10' }], TaskStates: [{ State: 'Succeed' }] })

    const other = await world().addInstance()
    const plain = await addLineBox(world(), other)
    const { Vlan: _, ...untagged } = wanted
    await world().call(operation, { ...place(other, plain), ...untagged })
    expect((await settingsOf(world(), plain)).ecc).toEqual([line(10, { vlan: 0 })])
  })

  test('Sag.EccVlanExist, Sag.EccVlanDefault: the VLAN is there; packets without a tag have the port for themselves', async () => {
    const id = await world().addInstance()
    const tagged = await addLineBox(world(), id, [line(10)])
    expect(await refused(id, tagged, { IP: '10.99.0.1' })).toBe('Sag.EccVlanExist')
    expect(await refused(id, tagged, { Vlan: '0', IP: '10.99.0.1' })).toBe('Sag.EccVlanDefault')
    const other = await world().addInstance()
    const plain = await addLineBox(world(), other, [line(0)])
    expect(await refused(other, plain, {})).toBe('Sag.EccVlanDefault')
  })

  test('Sag.EccVlanOverLimit: five there are', async () => {
    const id = await world().addInstance()
    const lines = [1, 2, 3, 4, 5].map((vlan) => line(vlan))
    expect(await refused(id, await addLineBox(world(), id, lines), {})).toBe('Sag.EccVlanOverLimit')
    const other = await world().addInstance()
    const serial = await addLineBox(world(), other, lines.slice(1))
    await world().call(operation, { ...place(other, serial), ...wanted })
    expect((await settingsOf(world(), serial)).ecc).toHaveLength(5)
  })

  test.each([{ Vlan: '4095' }, { Vlan: 'x' }, { Vlan: '-1' }, { IP: '224.0.0.1' }, { Mask: '255.255.255.255' }])(
    'InvalidParameter: %j, before the instance',
    async (more) => {
      expect(await refused('sag-none', 'sag1', more)).toBe('InvalidParameter')
    },
  )

  test.each([
    ['a port that is not there', { PortName: '9' }],
    ['a port that leads to no leased line', { PortName: '5' }],
    ['the address of the network', { IP: '192.168.30.40' }],
    ['a subnet that another port has', { IP: '10.1.0.9', Mask: '255.255.255.0' }],
    ['a subnet that another VLAN has', { Vlan: '11' }],
  ])('InvalidParameter: %s', async (_title, more: Given) => {
    const id = await world().addInstance()
    const serial = await addLineBox(world(), id, [line(12, { ip: '192.168.30.42' })])
    expect(await refused(id, serial, more)).toBe('InvalidParameter')
  })

  test('both ends of a line of 31 bits are hosts', async () => {
    const id = await world().addInstance()
    const serial = await addLineBox(world(), id)
    await world().call(operation, { ...place(id, serial), ...wanted, IP: '192.168.30.40', Mask: '255.255.255.254' })
    expect((await settingsOf(world(), serial)).ecc).toMatchObject([{ ip: '192.168.30.40', length: 31 }])
  })
})
