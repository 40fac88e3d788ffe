import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addFlowLog } from '../../testing/networks.suite.ts'
import { describeFlowLogSags as operation } from './describe-flow-log-sags.ts'

testOperation(operation, (world) => {
  test('the instances that have it, the oldest first, page by page', async () => {
    const one = await world().addInstance({ name: 'one', description: 'first', createdAt: world().now })
    const two = await world().addInstance({ createdAt: world().now + 1 })
    await world().addInstance()
    const FlowLogId = await addFlowLog(world(), {}, one, two)
    const it = { RegionId: regionId, FlowLogId }
    const { TotalCount, Sags } = await world().call(operation, it)
    expect(TotalCount).toBe(2)
    expect(Sags).toMatchObject([{ SmartAGId: one, Name: 'one', Description: 'first' }, { SmartAGId: two }])
    expect(await world().call(operation, { ...it, PageNumber: '2', PageSize: '1' })).toMatchObject({
      ...{ TotalCount: 2, PageNumber: 2, PageSize: 1, Sags: [{ SmartAGId: two }] },
    })
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
