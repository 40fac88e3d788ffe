import { expect, test } from 'vitest'
import { addBox, testQueriedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagLanList as operation } from './describe-sag-lan-list.ts'

testOperation(operation, (world) => {
  const shown = async (SmartAGId: string, SmartAGSn: string) => {
    const { TaskStates: _, ...rest } = await world().call(operation, { RegionId: regionId, SmartAGId, SmartAGSn })
    return rest
  }

  testQueriedBox(world, { operation })

  test('shows the addresses that the device said it has, and none where it has none', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    const mask = { Mask: '255.255.255.0', Lease: '2' }
    expect(await shown(id, serial)).toEqual({
      Lans: [{ PortName: '4', IPType: 'DHCP', IP: '10.1.0.1', StartIp: '10.1.0.2', EndIp: '10.1.0.254', ...mask }],
    })
    const bare = await world().addInstance()
    expect(await shown(bare, await addBox(world(), bare, {}, { lan: [{ port: '4', type: 'STATIC' }] }))).toEqual({
      Lans: [{ PortName: '4', IPType: 'STATIC' }],
    })
  })
})
