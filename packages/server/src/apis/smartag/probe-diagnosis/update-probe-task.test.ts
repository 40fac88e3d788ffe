import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addProbeTask, setBlocks } from '../../testing/networks.suite.ts'
import { listProbeTask } from './list-probe-task.ts'
import { updateProbeTask as operation } from './update-probe-task.ts'

testOperation(operation, (world) => {
  type Given = Readonly<Record<string, string>>
  const place = async (): Promise<Given> => {
    const SagId = await world().addInstance()
    await setBlocks(world(), SagId, '10.1.0.0/24')
    const Sn = await world().addDevice(SagId)
    return { RegionId: regionId, SagId, Sn, ProbeTaskId: await addProbeTask(world(), SagId, Sn, { name: 'north' }) }
  }

  test('what is sent is changed, and the gateway holds it under another number; one that is switched off it holds no more', async () => {
    const at = await place()
    world().now += 60_000
    world().told.length = 0
    await world().call(operation, { ...at, Protocol: 'TCP', Port: '8080', Domain: 'db.example.com', PacketNumber: '5' })
    expect(world().told).toEqual([at.Sn])
    const { Data } = await world().call(listProbeTask, { RegionId: regionId })
    const minutes = (Data as readonly Given[]).map(({ GmtCreate, GmtModify }) => [GmtCreate, GmtModify])
    expect(Data).toMatchObject([{ TaskName: 'north', Protocol: 'TCP', Port: 8080, Domain: 'db.example.com' }])
    expect(minutes[0]?.[0]).not.toBe(minutes[0]?.[1])
    const held = () =>
      world().store.read(async (db) => {
        const rows = await db.selectFrom('gateway_config').select('config').execute()
        return JSON.parse(rows[0]?.config ?? '{}').own[at.Sn ?? '']?.probeTasks
      })
    expect(await held()).toMatchObject([{ generation: 2, protocol: 'tcp', port: 8080, count: 5, from: '10.1.0.1' }])
    await world().call(operation, { ...at, Enable: 'false' })
    expect(await held()).toBeUndefined()
  })

  test.each([
    ['InvalidName', { TaskName: '' }],
    ['InvalidProbeProtocol', { Protocol: 'HTTP' }],
    ['InvalidProbeDomain', { Domain: '0.0.0.0' }],
    ['InvalidProbePort', { Protocol: 'TCP' }],
    ['InvalidProbePort', { Port: '0' }],
    ['ResourceInOperating', { ProbeTaskSourceAddress: '10.1.0.77' }],
  ])('%s: %j, and nothing is changed', async (code, more) => {
    const at = await place()
    expect(await world().refused(operation, { ...at, PacketNumber: '7', ...more })).toBe(code)
    const { Data } = await world().call(listProbeTask, { RegionId: regionId })
    expect(Data).toMatchObject([{ PacketNumber: 10, TaskName: 'north' }])
  })

  test('InstanceNotExit: unknown, of another device, of another account', async () => {
    const at = await place()
    const SagId = await world().addInstance({ accountId: otherAccountId })
    const Sn = await world().addDevice(SagId)
    const ProbeTaskId = await addProbeTask(world(), SagId, Sn)
    for (const more of [
      { ProbeTaskId: 'probe-none' },
      { Sn },
      { SagId, Sn, ProbeTaskId },
      { RegionId: 'cn-hangzhou' },
    ]) {
      expect(await world().refused(operation, { ...at, ...more })).toBe('InstanceNotExit')
    }
  })
})
