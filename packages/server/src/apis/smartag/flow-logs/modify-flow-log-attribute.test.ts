import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addFlowLog } from '../../testing/networks.suite.ts'
import { describeFlowLogs } from './describe-flow-logs.ts'
import { modifyFlowLogAttribute as operation } from './modify-flow-log-attribute.ts'

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
  const change = (FlowLogId: string, more: Readonly<Record<string, string>>) =>
    world().call(operation, { RegionId: regionId, FlowLogId, ...more })
  const refused = (FlowLogId: string, more: Readonly<Record<string, string>>) =>
    world().refused(operation, { RegionId: regionId, FlowLogId, ...more })

  test('what is sent is changed, a blank text is cleared and a blank port is the default; its gateways hold it', async () => {
    const instance = await world().addInstance()
    const serial = await world().addDevice(instance)
    const id = await addFlowLog(world(), { name: 'n', description: 'd', serverPort: 7 }, instance)
    world().told.length = 0
    await change(id, { Description: '', ActiveAging: '600', NetflowVersion: 'V5', ProjectName: '' })
    const { FlowLogs } = await world().call(describeFlowLogs, { RegionId: regionId })
    expect(FlowLogs).toMatchObject([
      { Name: 'n', Description: '', ActiveAging: 600, NetflowVersion: 'V5', NetflowServerPort: '7', TotalSagNum: 1 },
    ])
    expect(world().told).toEqual([serial])
    const netflow = { ip: '192.168.0.2', port: 7, version: 'V5' }
    expect(await held(instance)).toEqual({ activeAging: 600, inactiveAging: 15, netflow })

    const records = { region: 'cn-shanghai', project: 'p', logstore: 'l' }
    const sls = { ProjectName: 'p', LogstoreName: 'l', SlsRegionId: 'cn-shanghai', NetflowServerPort: '' }
    await change(id, { OutputType: 'sls', ...sls })
    expect(await held(instance)).toEqual({ activeAging: 600, inactiveAging: 15, records })
    await change(id, { OutputType: 'all' })
    expect(await held(instance)).toMatchObject({ records, netflow: { ...netflow, port: 9995 } })
  })

  test.each([
    ['IllegalParam.OutputType', { OutputType: 'file' }],
    ['IllegalParam.ActiveAging', { ActiveAging: '6001' }],
    ['IllegalParam.InactiveAging', { InactiveAging: '9' }],
    ['IllegalParam.NetflowServerIp', { NetflowServerIp: 'x' }],
    ['IllegalParam.NetflowServerPort', { NetflowServerPort: '0' }],
    ['IllegalParam.NetflowVersion', { NetflowVersion: '9' }],
    ['IllegalParam.SlsRegionId', { SlsRegionId: 'mars' }],
    ['MissingParam.NetflowServerIp', { NetflowServerIp: '' }],
    ['MissingParam.NetflowServerPort', { NetflowServerPort: '' }],
    ['MissingParam.NetflowVersion', { NetflowVersion: '' }],
    ['MissingParam.ProjectName', { OutputType: 'sls' }],
    ['MissingParam.LogstoreName', { OutputType: 'all', ProjectName: 'p' }],
    ['MissingParam.SlsRegionId', { OutputType: 'sls', ProjectName: 'p', LogstoreName: 'l' }],
  ])('%s: %j, and nothing is changed', async (code, more) => {
    const id = await addFlowLog(world())
    expect(await refused(id, { Name: 'other', ...more })).toBe(code)
    const { FlowLogs } = await world().call(describeFlowLogs, { RegionId: regionId })
    expect(FlowLogs).toMatchObject([{ Name: '' }])
  })

  test('FeatureNotSupport: a device of an instance that has it is too old', async () => {
    const instance = await world().addInstance()
    await world().addDevice(instance, { version: '1.6.9.0' })
    expect(await refused(await addFlowLog(world(), {}, instance), { Name: 'n' })).toBe('FeatureNotSupport')
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
