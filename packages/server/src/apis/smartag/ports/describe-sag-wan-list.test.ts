import { expect, test } from 'vitest'
import { addBox, testQueriedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagWanList as operation } from './describe-sag-wan-list.ts'

testOperation(operation, (world) => {
  const shown = async (SmartAGId: string, SmartAGSn: string) => {
    const { TaskStates: _, ...rest } = await world().call(operation, { RegionId: regionId, SmartAGId, SmartAGSn })
    return rest
  }

  testQueriedBox(world, { operation })

  test('shows the addresses that its lines have now, and which of them carries its traffic', async () => {
    const id = await world().addInstance()
    const line = { port: '0', type: 'DHCP', isActive: false } as const
    const rest = { Priority: 1, Weight: 100, ISP: 'Other' }
    expect(await shown(id, await addBox(world(), id))).toEqual({
      Wans: [
        {
          ...{ PortName: '5', IPType: 'STATIC', IP: '203.0.113.5', Mask: '255.255.255.248', Gateway: '203.0.113.1' },
          ...{ ...rest, TrafficState: 'active' },
        },
      ],
    })
    const bare = await world().addInstance()
    expect(await shown(bare, await addBox(world(), bare, {}, { wan: [line] }))).toEqual({
      Wans: [{ PortName: '0', IPType: 'DHCP', ...rest, TrafficState: 'standby' }],
    })
  })
})
