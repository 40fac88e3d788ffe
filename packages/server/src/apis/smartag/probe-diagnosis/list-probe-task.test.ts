import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addProbeTask } from '../../testing/networks.suite.ts'
import { listProbeTask as operation } from './list-probe-task.ts'

testOperation(operation, (world) => {
  const listed = async (more: Readonly<Record<string, string>> = {}) => {
    const { Data } = await world().call(operation, { RegionId: regionId, ...more })
    return (Data as readonly { readonly ProbeTaskId: string }[]).map(({ ProbeTaskId }) => ProbeTaskId)
  }

  test('those of the account and region, the oldest first, by all that names them, page by page', async () => {
    const [north, south] = [await world().addInstance({ name: 'north-office' }), await world().addInstance()]
    const [one, two] = [await world().addDevice(north), await world().addDevice(south)]
    const first = await addProbeTask(world(), north, one, { name: 'ping-cloud' })
    world().now += 1
    const second = await addProbeTask(world(), south, two, { name: 'web', protocol: 'TCP', port: 80 })
    const theirs = await world().addInstance({ accountId: otherAccountId })
    await addProbeTask(world(), theirs, await world().addDevice(theirs))
    const away = await world().addInstance({ regionId: 'cn-hangzhou' })
    await addProbeTask(world(), away, await world().addDevice(away))
    expect(await listed()).toEqual([first, second])
    expect(await listed({ SagId: south })).toEqual([second])
    expect(await listed({ Sn: one })).toEqual([first])
    expect(await listed({ SagName: 'office' })).toEqual([first])
    expect(await listed({ ProbeTaskId: second })).toEqual([second])
    expect(await listed({ TaskName: 'ing-' })).toEqual([first])
    expect(await listed({ Protocol: 'TCP' })).toEqual([second])
    const page = await world().call(operation, { RegionId: regionId, PageNumber: '2', PageSize: '1' })
    expect(page).toMatchObject({ TotalCount: 2, Data: [{ ProbeTaskId: second }] })
  })

  test('InvalidProbeProtocol: of no such kind', async () => {
    expect(await world().refused(operation, { RegionId: regionId, Protocol: 'UDP' })).toBe('InvalidProbeProtocol')
  })
})
