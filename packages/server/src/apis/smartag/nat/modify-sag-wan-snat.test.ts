import { expect, test } from 'vitest'
import { saveConfigStatus } from '../../../store/gateways/configurations.ts'
import { addBox, saysBox, testChangedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagWanSnat } from './describe-sag-wan-snat.ts'
import { modifySagWanSnat as operation } from './modify-sag-wan-snat.ts'

testOperation(operation, (world) => {
  testChangedBox(world, { operation, more: { Snat: 'ENABLE' } }, { noInstance: 'InvalidId.SMARTAG' })

  test('InvalidParameter: neither ENABLE nor DISABLE', async () => {
    const request = { RegionId: regionId, SmartAGId: 'sag-none', SmartAGSn: 'sag1', Snat: 'enable' }
    expect(await world().refused(operation, request)).toBe('InvalidParameter')
  })

  test('what the device gave up is no more on its way, and the same again offers it anew', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    const request = { RegionId: regionId, SmartAGId: id, SmartAGSn: serial }
    await world().call(operation, { ...request, Snat: 'ENABLE' })
    const revision = (await world().fleet.instanceById(id))?.configRevision ?? 0
    await world().store.write((tx) =>
      saveConfigStatus(
        tx,
        serial,
        {
          applied: { instanceId: id, revision: revision - 1 },
          reverted: { instanceId: id, revision, reason: 'failed' },
        },
        0,
      ),
    )
    const task = async () => (await world().call(describeSagWanSnat, request)).TaskStates
    expect(await task()).toMatchObject([
      { State: 'HardwareError', ErrorMessage: 'The system of the device did not take it.' },
    ])
    await world().call(operation, { ...request, Snat: 'ENABLE' })
    expect((await world().fleet.instanceById(id))?.configRevision).toBe(revision + 1)
    expect(await task()).toMatchObject([{ State: 'Initialized' }])
    await saysBox(world(), id, serial, { snat: true })
    expect(await task()).toMatchObject([{ State: 'Succeed' }])
  })

  test('what was set goes when the device is unbound', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    await world().call(operation, { RegionId: regionId, SmartAGId: id, SmartAGSn: serial, Snat: 'ENABLE' })
    await world().fleet.unbind(serial)
    const row = world().store.read((db) =>
      db.selectFrom('device').select(['box', 'box_writes', 'box_report']).where('serial', '=', serial).execute(),
    )
    expect(await row).toEqual([{ box: null, box_writes: null, box_report: null }])
  })
})
