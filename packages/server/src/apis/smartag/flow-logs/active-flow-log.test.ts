import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addFlowLog } from '../../testing/networks.suite.ts'
import { activeFlowLog as operation } from './active-flow-log.ts'
import { deactiveFlowLog } from './deactive-flow-log.ts'
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

  test('its gateways record again, and one that is active stays so', async () => {
    const instance = await world().addInstance()
    const serial = await world().addDevice(instance, { version: '1.7.0.0' })
    const FlowLogId = await addFlowLog(world(), {}, instance)
    const it = { RegionId: regionId, FlowLogId }
    await world().call(deactiveFlowLog, it)
    expect(await held(instance)).toBeUndefined()
    world().told.length = 0
    for (const told of [[serial], [serial]]) {
      await world().call(operation, it)
      expect(world().told).toEqual(told)
    }
    expect(await held(instance)).toMatchObject({ netflow: { ip: '192.168.0.2' } })
    expect(await world().call(describeFlowLogs, { RegionId: regionId })).toMatchObject({
      FlowLogs: [{ Status: 'Active' }],
    })
  })

  test.each([
    ['FeatureNotSupport', ['1.6.9.0']],
    ['FeatureNotSupportForActiveSmartAG', ['1.6.9.0', '1.7.0.0']],
    ['FeatureNotSupportForStandBySmartAG', ['1.7.0.0', '1.6.9.0']],
  ])('%s: %j', async (code, versions) => {
    const instance = await world().addInstance()
    for (const version of versions) await world().addDevice(instance, { version })
    const FlowLogId = await addFlowLog(world(), { isActive: false }, instance)
    expect(await world().refused(operation, { RegionId: regionId, FlowLogId })).toBe(code)
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
