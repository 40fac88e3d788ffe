import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addFlowLog } from '../../testing/networks.suite.ts'
import { createFlowLog as operation } from './create-flow-log.ts'
import { describeFlowLogs } from './describe-flow-logs.ts'

testOperation(operation, (world) => {
  const netflow = { RegionId: regionId, OutputType: 'netflow', NetflowServerIp: '192.168.0.2' }
  const sls = {
    RegionId: regionId,
    OutputType: 'sls',
    ProjectName: 'a_b',
    LogstoreName: 'c',
    SlsRegionId: 'cn-hangzhou',
  }

  async function shown(FlowLogId: unknown) {
    const answer = await world().call(describeFlowLogs, { RegionId: regionId, FlowLogId: String(FlowLogId) })
    return (answer.FlowLogs as readonly unknown[])[0]
  }

  test('a log to a collector is active and has the defaults, and what it does not use is empty', async () => {
    const { FlowLogId } = await world().call(operation, netflow)
    expect(FlowLogId).toMatch(/^fl-[a-z0-9]{18}$/)
    expect(await shown(FlowLogId)).toEqual({
      ...{ FlowLogId, Name: '', Description: '', Status: 'Active', OutputType: 'netflow', TotalSagNum: 0 },
      ...{ ProjectName: '', LogstoreName: '', SlsRegionId: '', ActiveAging: 300, InactiveAging: 15 },
      ...{ NetflowServerIp: '192.168.0.2', NetflowServerPort: '9995', NetflowVersion: 'V9' },
    })
  })

  test('everything that is sent is kept; what the output does not use may be blank', async () => {
    const given = { Name: 'n', Description: 'd', ActiveAging: '60', InactiveAging: '600' }
    const collector = { NetflowServerIp: '1.2.3.4', NetflowServerPort: '1', NetflowVersion: 'V10' }
    const all = await world().call(operation, { ...sls, ...given, ...collector, OutputType: 'all' })
    const { RegionId: _, ...names } = sls
    expect(await shown(all.FlowLogId)).toMatchObject({
      ...{ ...names, ...given, ...collector, OutputType: 'all', ActiveAging: 60, InactiveAging: 600 },
    })
    const blank = { NetflowServerIp: '', NetflowServerPort: '', NetflowVersion: '' }
    const ofSls = await world().call(operation, { ...sls, ...blank })
    expect(await shown(ofSls.FlowLogId)).toMatchObject({ NetflowServerPort: '9995', NetflowVersion: 'V9' })
  })

  test.each([
    ['IllegalParam.RegionId', { RegionId: 'mars' }],
    ['IllegalParam.OutputType', { OutputType: '' }],
    ['IllegalParam.OutputType', { OutputType: 'file' }],
    ['IllegalParam.ActiveAging', { ActiveAging: '59' }],
    ['IllegalParam.InactiveAging', { InactiveAging: '601' }],
    ['IllegalParam.NetflowServerIp', { NetflowServerIp: '1.2.3' }],
    ['IllegalParam.NetflowServerPort', { NetflowServerPort: '65536' }],
    ['IllegalParam.NetflowVersion', { NetflowVersion: 'V7' }],
    ['IllegalParam.SlsRegionId', { SlsRegionId: 'mars' }],
    ['MissingParam.NetflowServerIp', { NetflowServerIp: '' }],
    ['MissingParam.NetflowServerPort', { NetflowServerPort: '' }],
    ['MissingParam.NetflowVersion', { NetflowVersion: '' }],
  ])('%s: %j', async (code, more) => {
    expect(await world().refused(operation, { ...netflow, ...more })).toBe(code)
  })

  test.each([
    ['MissingParam.ProjectName', { ProjectName: '' }],
    ['MissingParam.LogstoreName', { LogstoreName: '' }],
    ['MissingParam.SlsRegionId', { SlsRegionId: '' }],
  ])('%s', async (code, more) => {
    expect(await world().refused(operation, { ...sls, ...more })).toBe(code)
  })

  test('QuotaExceeded.Flowlog: the eleventh of an account', async () => {
    await addFlowLog(world(), { accountId: otherAccountId })
    for (let count = 0; count < 10; count++) await world().call(operation, netflow)
    expect(await world().refused(operation, netflow)).toBe('QuotaExceeded.Flowlog')
  })
})
