import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addFlowLog } from '../../testing/networks.suite.ts'
import { deactiveFlowLog as operation } from './deactive-flow-log.ts'
import { describeFlowLogs } from './describe-flow-logs.ts'

testOperation(operation, (world) => {
  const held = (id: string) =>
    world().store.read(async (db) => {
      const row = await db
        .selectFrom('gateway_config')
        .select('config')
        .where('instance_id', '=', id)
        .executeTakeFirst()
      return JSON.parse(row?.config ?? '{}').flowLog
    })

  test('its gateways record no longer', async () => {
    const instance = await world().addInstance()
    const serial = await world().addDevice(instance)
    const FlowLogId = await addFlowLog(world(), {}, instance)
    expect(await held(instance)).toBeDefined()
    world().told.length = 0
    await world().call(operation, { RegionId: regionId, FlowLogId })
    expect(world().told).toEqual([serial])
    expect(await held(instance)).toBeUndefined()
    const { FlowLogs } = await world().call(describeFlowLogs, { RegionId: regionId })
    expect(FlowLogs).toMatchObject([{ Status: 'Inactive', TotalSagNum: 1 }])
  })

  test('IncorrectStatus.FlowLog: it is inactive already', async () => {
    const FlowLogId = await addFlowLog(world(), { isActive: false })
    expect(await world().refused(operation, { RegionId: regionId, FlowLogId })).toBe('IncorrectStatus.FlowLog')
  })

  test.each([
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
