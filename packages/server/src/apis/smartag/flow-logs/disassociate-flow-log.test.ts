import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addFlowLog } from '../../testing/networks.suite.ts'
import { disassociateFlowLog as operation } from './disassociate-flow-log.ts'

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
  const request = (FlowLogId: string, SmartAGId: string) => ({ RegionId: regionId, FlowLogId, SmartAGId })

  test('its gateways record no longer', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id)
    const FlowLogId = await addFlowLog(world(), {}, id)
    expect(await held(id)).toBeDefined()
    world().told.length = 0
    await world().call(operation, request(FlowLogId, id))
    expect(world().told).toEqual([serial])
    expect(await held(id)).toBeUndefined()
  })

  test('InvalidSmartAGId.NotFound: absent, not there, without this log', async () => {
    const id = await world().addInstance()
    await addFlowLog(world(), {}, id)
    const FlowLogId = await addFlowLog(world())
    for (const one of ['', 'sag-none', id])
      expect(await world().refused(operation, request(FlowLogId, one))).toBe('InvalidSmartAGId.NotFound')
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
