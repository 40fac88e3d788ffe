import { expect, test } from 'vitest'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { addProbeTask, setBlocks } from '../../testing/networks.suite.ts'
import { deleteProbeTask as operation } from './delete-probe-task.ts'
import { listProbeTask } from './list-probe-task.ts'

testOperation(operation, (world) => {
  test('takes the task away from its gateway; once more, of another device or another region it is not there', async () => {
    const SagId = await world().addInstance()
    await setBlocks(world(), SagId, '10.1.0.0/24')
    const Sn = await world().addDevice(SagId)
    const ProbeTaskId = await addProbeTask(world(), SagId, Sn)
    const at = { RegionId: regionId, SagId, Sn, ProbeTaskId }
    for (const more of [{ Sn: 'sagnone1' }, { RegionId: 'cn-hangzhou' }, { ProbeTaskId: 'probe-none' }]) {
      expect(await world().refused(operation, { ...at, ...more })).toBe('InstanceNotExit')
    }
    world().told.length = 0
    await world().call(operation, at)
    expect(world().told).toEqual([Sn])
    expect(await world().refused(operation, at)).toBe('InstanceNotExit')
    expect(await world().call(listProbeTask, { RegionId: regionId })).toMatchObject({ TotalCount: 0, Data: [] })
  })
})
