import { expect, test } from 'vitest'
import { addBox, testQueriedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagWan4G as operation } from './describe-sag-wan4-g.ts'

testOperation(operation, (world) => {
  const shown = async (SmartAGId: string, SmartAGSn: string) => {
    const { TaskStates: _, ...rest } = await world().call(operation, { RegionId: regionId, SmartAGId, SmartAGSn })
    return rest
  }

  testQueriedBox(world, { operation }, { hasTasks: false })

  test('shows the mobile line as the device said it; a machine without a modem has no card', async () => {
    const id = await world().addInstance()
    expect(await shown(id, await addBox(world(), id))).toEqual({
      ...{ Status: 'Normal', Strength: 'Middle', Ip: '10.77.0.2', Mac: '02:00:00:00:00:99' },
      ...{ Priority: 99, TrafficState: 'active' },
    })
    const bare = await world().addInstance()
    expect(await shown(bare, await addBox(world(), bare, {}, { modem: undefined }))).toEqual({
      ...{ Status: 'Unavailable', Strength: 'Unavailable', Priority: 99, TrafficState: 'standby' },
    })
  })

  test('SmartAccessGatewayNotOnline: the device is away, and its answer could not say how old it is', async () => {
    const id = await world().addInstance()
    const SmartAGSn = await addBox(world(), id, { connected: false })
    expect(await world().refused(operation, { RegionId: regionId, SmartAGId: id, SmartAGSn })).toBe(
      'SmartAccessGatewayNotOnline',
    )
  })
})
