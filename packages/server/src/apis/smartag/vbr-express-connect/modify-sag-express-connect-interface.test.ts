import { expect, test } from 'vitest'
import { testChangedBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { addLineBox, line, lineReport } from '../../testing/leased-lines.suite.ts'
import { modifySagExpressConnectInterface as operation } from './modify-sag-express-connect-interface.ts'

testOperation(operation, (world) => {
  type Given = Readonly<Record<string, string>>
  const wanted = { PortName: '3', Vlan: '10', IP: '192.168.30.42', Mask: '255.255.255.252' }
  const report = { ...lineReport, ecc: [line(10)] }
  testChangedBox(world, { operation, more: wanted, report }, { noInstance: 'SAG.InstanceNoFound' })

  const place = (SmartAGId: string, SmartAGSn: string): Given => ({ RegionId: regionId, SmartAGId, SmartAGSn })
  const refused = (id: string, serial: string, more: Given) =>
    world().refused(operation, { ...place(id, serial), ...wanted, ...more })

  test('changes the address of that VLAN, also to another one of its subnet; the others stay', async () => {
    const id = await world().addInstance()
    const serial = await addLineBox(world(), id, [line(10), line(11)])
    await world().call(operation, { ...place(id, serial), ...wanted })
    expect((await settingsOf(world(), serial)).ecc).toEqual([line(10, { ip: '192.168.30.42' }), line(11)])
  })

  test('Sag.EccVlanNotExist: no such VLAN', async () => {
    const id = await world().addInstance()
    expect(await refused(id, await addLineBox(world(), id, [line(10)]), { Vlan: '11' })).toBe('Sag.EccVlanNotExist')
  })

  test.each([
    ['a port that leads to no leased line', { PortName: '5' }],
    ['the broadcast address', { IP: '192.168.30.43' }],
    ['a subnet that another VLAN has', { IP: '192.168.30.46' }],
  ])('InvalidParameter: %s', async (_title, more: Given) => {
    const id = await world().addInstance()
    expect(await refused(id, await addLineBox(world(), id, [line(10), line(11)]), more)).toBe('InvalidParameter')
  })
})
