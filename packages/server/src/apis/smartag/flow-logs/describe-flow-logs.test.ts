import { expect, test } from 'vitest'
import { toWire } from '../../../declare/index.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addFlowLog } from '../../testing/networks.suite.ts'
import { describeFlowLogs as operation } from './describe-flow-logs.ts'

testOperation(operation, (world) => {
  const listed = async (more: Readonly<Record<string, string>> = {}) => {
    const { FlowLogs } = await world().call(operation, { RegionId: regionId, ...more })
    return (FlowLogs as readonly { readonly FlowLogId: string }[]).map(({ FlowLogId }) => FlowLogId)
  }

  test('those of the account and region, the oldest first, by their ids, texts, output and status, page by page', async () => {
    const [one, two] = [await world().addInstance(), await world().addInstance()]
    const first = await addFlowLog(world(), { name: 'north', description: 'cold' }, one, two)
    world().now += 1
    const second = await addFlowLog(world(), { name: 'south', outputType: 'sls', isActive: false })
    await addFlowLog(world(), { accountId: otherAccountId })
    await addFlowLog(world(), { regionId: 'cn-hangzhou' })
    expect(await listed()).toEqual([first, second])
    expect(await listed({ FlowLogId: second })).toEqual([second])
    expect(await listed({ FlowLogId: 'fl-none' })).toEqual([])
    expect(await listed({ FlowLogName: 'ort' })).toEqual([first])
    expect(await listed({ Description: 'cold' })).toEqual([first])
    expect(await listed({ OutputType: 'sls' })).toEqual([second])
    expect(await listed({ Status: 'Active' })).toEqual([first])
    expect(await listed({ Status: 'Inactive' })).toEqual([second])
    const page = await world().call(operation, { RegionId: regionId, PageNumber: '2', PageSize: '1' })
    expect(page).toMatchObject({ TotalCount: 2, PageNumber: 2, PageSize: 1, FlowLogs: [{ FlowLogId: second }] })
    expect(await world().call(operation, { RegionId: regionId })).toMatchObject({ FlowLogs: [{ TotalSagNum: 2 }, {}] })
  })

  test('without any the list is there, and empty', async () => {
    expect(toWire(operation.result, await world().call(operation, { RegionId: regionId }))).toMatchObject({
      FlowLogs: { FlowLogSetType: [] },
    })
  })

  test.each([
    ['IllegalParam.RegionId', { RegionId: 'mars' }],
    ['IllegalParam.OutputType', { OutputType: 'file' }],
    ['IllegalParam.Status', { Status: 'active' }],
  ])('%s', async (code, more) => {
    expect(await world().refused(operation, { RegionId: regionId, ...more })).toBe(code)
  })
})
