import { expect, test } from 'vitest'
import { addBox, saysBox, testQueriedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagWanSnat as operation } from './describe-sag-wan-snat.ts'
import { modifySagWanSnat } from './modify-sag-wan-snat.ts'

testOperation(operation, (world) => {
  const shown = async (SmartAGId: string, SmartAGSn: string) => {
    const { TaskStates: _, ...rest } = await world().call(operation, { RegionId: regionId, SmartAGId, SmartAGSn })
    return rest
  }

  testQueriedBox(world, { operation })

  test('shows what the device said, not what it was told: until it says so its task is not done', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    const request = { RegionId: regionId, SmartAGId: id, SmartAGSn: serial }
    const seen = async () => {
      const { Snat, TaskStates } = await world().call(operation, request)
      return [Snat, (TaskStates as readonly { readonly State: string }[])[0]?.State]
    }
    expect(await shown(id, serial)).toEqual({ Snat: 'DISABLE' })
    await world().call(modifySagWanSnat, { ...request, Snat: 'ENABLE' })
    expect(await seen()).toEqual(['DISABLE', 'Initialized'])
    await world().setDevice(serial, { connected: false })
    expect(await seen()).toEqual(['DISABLE', 'Offline'])
    await world().setDevice(serial, { connected: true })
    // It has taken it, and not said yet what it is like with it.
    await world().applyConfig(id)
    expect(await seen()).toEqual(['DISABLE', 'Processing'])
    await saysBox(world(), id, serial, { snat: true })
    expect(await seen()).toEqual(['ENABLE', 'Succeed'])
    await world().setDevice(serial, { configOnTrial: true })
    expect(await seen()).toEqual(['ENABLE', 'Processing'])
    await world().setDevice(serial, { configOnTrial: false })
    await saysBox(world(), id, serial, { refused: [{ section: 'snat', reason: 'It cannot.' }] })
    expect((await world().call(operation, request)).TaskStates).toMatchObject([
      { State: 'HardwareError', ErrorCode: 'InternalError', ErrorMessage: 'It cannot.' },
    ])
  })
})
