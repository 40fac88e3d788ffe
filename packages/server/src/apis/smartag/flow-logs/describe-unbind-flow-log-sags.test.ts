import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addFlowLog } from '../../testing/networks.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { describeUnbindFlowLogSags as operation } from './describe-unbind-flow-log-sags.ts'

testOperation(operation, (world) => {
  test('instances that have no log and could have one', async () => {
    const able = await world().addInstance({ name: 'able' })
    await world().addDevice(able, { version: '1.7.0.0' })
    const old = await world().addInstance()
    await world().addDevice(old, { version: '1.6.9.0' })
    const bound = await world().addInstance()
    await addFlowLog(world(), {}, bound)
    await world().addInstance({ spec: 'sag-100wm' })
    await world().addInstance({ accountId: otherAccountId })
    await world().addInstance({ regionId: 'cn-hangzhou' })
    await addApp(world())
    const { Count, Sags } = await world().call(operation, { RegionId: regionId })
    expect(Count).toBe(1)
    expect(Sags).toMatchObject([{ SmartAGId: able, Name: 'able' }])
  })

  test.each([
    ['MissingParameter', ''],
    ['IllegalParam.RegionId', 'mars'],
  ])('%s', async (code, RegionId) => {
    expect(await world().refused(operation, { RegionId })).toBe(code)
  })
})
