import { expect, test } from 'vitest'
import { addBox, testQueriedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagManagementPort as operation } from './describe-sag-management-port.ts'

testOperation(operation, (world) => {
  const shown = async (SmartAGId: string, SmartAGSn: string) => {
    const { TaskStates: _, ...rest } = await world().call(operation, { RegionId: regionId, SmartAGId, SmartAGSn })
    return rest
  }

  testQueriedBox(world, { operation }, { alone: true })

  test('shows the address of the port for the console; of a machine without one nothing', async () => {
    const id = await world().addInstance()
    const management = { ip: '192.168.9.2', length: 26, gateway: '192.168.9.1' }
    expect(await shown(id, await addBox(world(), id, {}, { management }))).toEqual({
      ...{ IP: '192.168.9.2', Mask: '255.255.255.192', Gateway: '192.168.9.1' },
    })
    const bare = await world().addInstance()
    expect(await shown(bare, await addBox(world(), bare, {}, { management: undefined }))).toEqual({})
  })
})
