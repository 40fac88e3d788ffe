import { expect, test } from 'vitest'
import { addBox, testQueriedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { addPair } from '../../testing/pairs.suite.ts'
import { describeSagHa as operation } from './describe-sag-ha.ts'

testOperation(operation, (world) => {
  const shown = async (SmartAGId: string, SmartAGSn: string) => {
    const { TaskStates, ...rest } = await world().call(operation, { RegionId: regionId, SmartAGId, SmartAGSn })
    return [rest, (TaskStates as readonly { readonly State: string }[])[0]?.State]
  }

  testQueriedBox(world, { operation }, { lacks: { model: 'SCG5000', version: '3.4.2.0' } })

  test('shows what the devices have in common: nothing, an address at a port, or costs of routes', async () => {
    const modes = [
      [{ mode: 'NONE' }, { Mode: 'NONE', Ports: [] }],
      [
        { mode: 'STATIC', port: '4', ip: '10.1.0.250' },
        { Mode: 'STATIC', Ports: [{ PortName: '4', VirtualIp: '10.1.0.250' }] },
      ],
      [{ mode: 'DYNAMIC' }, { Mode: 'DYNAMIC', Ports: [] }],
    ] as const
    for (const [ha, said] of modes) {
      const id = await world().addInstance()
      const [active, standby] = await addPair(world(), id, { ha })
      expect(await shown(id, active)).toEqual([said, 'Succeed'])
      expect(await shown(id, standby)).toEqual([said, 'Succeed'])
    }
  })

  test('of an earlier program the mode is not known, and the task says so', async () => {
    const id = await world().addInstance()
    expect(await shown(id, await addBox(world(), id, { capabilities: 'box' }))).toEqual([
      { Ports: [] },
      'VersionNotSupport',
    ])
  })
})
