import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addFlowLog } from '../../testing/networks.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { describeSmartAccessGatewayAttribute } from '../instances/describe-smart-access-gateway-attribute.ts'
import { associateFlowLog as operation } from './associate-flow-log.ts'

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

  test('its gateways record; the instance shows the log', async () => {
    const SmartAGId = await world().addInstance()
    const serial = await world().addDevice(SmartAGId)
    const FlowLogId = await addFlowLog(world())
    expect(await held(SmartAGId)).toBeUndefined()
    world().told.length = 0
    expect(await world().call(operation, request(FlowLogId, SmartAGId))).toEqual({})
    expect(world().told).toEqual([serial])
    expect(await held(SmartAGId)).toMatchObject({ netflow: { ip: '192.168.0.2', port: 9995, version: 'V9' } })
    const shown = await world().call(describeSmartAccessGatewayAttribute, { RegionId: regionId, SmartAGId })
    expect(shown.FlowLogIds).toEqual([FlowLogId])
  })

  test('one that is inactive, and an instance without a device, are associated all the same', async () => {
    const SmartAGId = await world().addInstance()
    await world().call(operation, request(await addFlowLog(world(), { isActive: false }), SmartAGId))
    expect(await held(SmartAGId)).toBeUndefined()
  })

  test('InvalidSmartAGId.NotFound: absent, not there, of another account', async () => {
    const FlowLogId = await addFlowLog(world())
    for (const id of ['', 'sag-none', await world().addInstance({ accountId: otherAccountId })])
      expect(await world().refused(operation, request(FlowLogId, id))).toBe('InvalidSmartAGId.NotFound')
  })

  test('DependencyViolation.FlowLog, OperationFailed.AssociateFlowLog: it has this one, or another', async () => {
    const id = await world().addInstance()
    const [FlowLogId, other] = [await addFlowLog(world(), {}, id), await addFlowLog(world())]
    expect(await world().refused(operation, request(FlowLogId, id))).toBe('DependencyViolation.FlowLog')
    expect(await world().refused(operation, request(other, id))).toBe('OperationFailed.AssociateFlowLog')
  })

  test('OperationUnsupported.AssociateFlowLog: a SAG APP, a vCPE, another box', async () => {
    const FlowLogId = await addFlowLog(world())
    const small = await world().addInstance({ spec: 'sag-100wm' })
    const exchanged = await world().addInstance()
    await world().addDevice(exchanged, { model: 'sag-100wm' })
    const vcpe = await world().addInstance({ kind: 'vcpe', spec: 'sag-vcpe' })
    for (const id of [await addApp(world()), small, exchanged, vcpe])
      expect(await world().refused(operation, request(FlowLogId, id))).toBe('OperationUnsupported.AssociateFlowLog')
  })

  test.each([
    ['FeatureNotSupport', ['1.6.9.0']],
    ['FeatureNotSupportForActiveSmartAG', ['1.6.9.0', '1.7.0.0']],
    ['FeatureNotSupportForStandBySmartAG', ['1.7.0.0', '1.6.9.0']],
  ])('%s: %j', async (code, versions) => {
    const instance = await world().addInstance()
    for (const version of versions) await world().addDevice(instance, { version })
    expect(await world().refused(operation, request(await addFlowLog(world()), instance))).toBe(code)
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
