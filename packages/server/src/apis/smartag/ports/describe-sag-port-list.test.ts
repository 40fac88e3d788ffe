import { expect, test } from 'vitest'
import { addBox, testQueriedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagPortList as operation } from './describe-sag-port-list.ts'

testOperation(operation, (world) => {
  const shown = async (SmartAGId: string, SmartAGSn: string) => {
    const { TaskStates: _, ...rest } = await world().call(operation, { RegionId: regionId, SmartAGId, SmartAGSn })
    return rest
  }

  testQueriedBox(world, { operation })

  test('shows the ports as the device said them; of one that is away nobody knows what is in them', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    expect(await shown(id, serial)).toEqual({
      Ports: [
        { PortName: '0', Mac: '02:00:00:00:00:10', Status: 'Down', Role: 'NONE' },
        { PortName: '2', Mac: '02:00:00:00:00:12', Status: 'Down', Role: 'MGT' },
        { PortName: '4', Mac: '02:00:00:00:00:14', Status: 'Up', Role: 'LAN' },
        { PortName: '5', Mac: '02:00:00:00:00:15', Status: 'Up', Role: 'WAN' },
      ],
    })
    await world().setDevice(serial, { connected: false })
    const { Ports } = (await shown(id, serial)) as { readonly Ports: readonly { readonly Status: string }[] }
    expect(Ports.map(({ Status }) => Status)).toEqual(Array(4).fill('Unavailable'))
  })
})
