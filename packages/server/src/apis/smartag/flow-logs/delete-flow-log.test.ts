import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addFlowLog } from '../../testing/networks.suite.ts'
import { deleteFlowLog as operation } from './delete-flow-log.ts'
import { describeFlowLogs } from './describe-flow-logs.ts'

testOperation(operation, (world) => {
  test('it is gone, also while it is active', async () => {
    const FlowLogId = await addFlowLog(world())
    expect(await world().call(operation, { RegionId: regionId, FlowLogId })).toEqual({})
    expect(await world().call(describeFlowLogs, { RegionId: regionId })).toMatchObject({ TotalCount: 0 })
  })

  test('DependencyViolation.FlowLog: an instance has it, until that is deleted', async () => {
    const instance = await world().addInstance()
    const FlowLogId = await addFlowLog(world(), {}, instance)
    expect(await world().refused(operation, { RegionId: regionId, FlowLogId })).toBe('DependencyViolation.FlowLog')
    await world().store.write((tx) => tx.deleteFrom('instance').where('id', '=', instance).execute())
    await world().call(operation, { RegionId: regionId, FlowLogId })
  })

  test.each([
    ['IllegalParam.RegionId', { RegionId: 'mars' }],
    ['IllegalParam.RegionId', { RegionId: ' ' }],
    ['MissingParam.FlowLogId', { FlowLogId: '' }],
    ['InvalidFlowLogId.NotFound', { FlowLogId: 'fl-none' }],
    ['InvalidFlowLogId.NotFound', { RegionId: 'cn-hangzhou' }],
  ])('%s: %j', async (code, more) => {
    const FlowLogId = await addFlowLog(world())
    expect(await world().refused(operation, { RegionId: regionId, FlowLogId, SmartAGId: 'sag-none', ...more })).toBe(
      code,
    )
  })

  test('InvalidFlowLogId.NotFound: of another account', async () => {
    const FlowLogId = await addFlowLog(world(), { accountId: otherAccountId })
    const sent = { RegionId: regionId, FlowLogId, SmartAGId: 'sag-none' }
    expect(await world().refused(operation, sent)).toBe('InvalidFlowLogId.NotFound')
  })
})
