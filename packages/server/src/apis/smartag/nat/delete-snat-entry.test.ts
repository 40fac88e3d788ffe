import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addSnatEntry } from './add-snat-entry.ts'
import { deleteSnatEntry as operation } from './delete-snat-entry.ts'
import { describeSnatEntries } from './describe-snat-entries.ts'

testOperation(operation, (world) => {
  async function added(SmartAGId: string): Promise<string> {
    const entry = { RegionId: regionId, SmartAGId, CidrBlock: '192.168.1.0/24', SnatIp: '10.255.0.1' }
    return String((await world().call(addSnatEntry, entry)).InstanceId)
  }

  function refused(SmartAGId: string, InstanceId: string): Promise<string> {
    return world().refused(operation, { RegionId: regionId, SmartAGId, InstanceId })
  }

  async function entries(SmartAGId: string): Promise<unknown> {
    return (await world().call(describeSnatEntries, { RegionId: regionId, SmartAGId })).TotalCount
  }

  test('the entry is gone, its gateways are told, and its range can be hidden again', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id)
    const entry = await added(id)
    world().told.length = 0
    expect(await world().call(operation, { RegionId: regionId, SmartAGId: id, InstanceId: entry })).toEqual({})
    expect(await entries(id)).toBe(0)
    expect(world().told).toEqual([serial])
    await added(id)
  })

  test('works on an expired instance, because no code says otherwise', async () => {
    const id = await world().addInstance()
    const entry = await added(id)
    await world().fleet.expire(id, world().now)
    await world().call(operation, { RegionId: regionId, SmartAGId: id, InstanceId: entry })
  })

  test('SAG.InstanceNoFound: unknown, or of another account, before the entry is looked for', async () => {
    expect(await refused('sag-none', 'snat-none')).toBe('SAG.InstanceNoFound')
    const foreign = await world().addInstance({ accountId: otherAccountId })
    expect(await refused(foreign, 'snat-none')).toBe('SAG.InstanceNoFound')
  })

  test('ParameterSagSnatId: unknown, deleted already, or of another instance, which keeps it', async () => {
    const [id, other] = [await world().addInstance(), await world().addInstance()]
    const [own, foreign] = [await added(id), await added(other)]
    await world().call(operation, { RegionId: regionId, SmartAGId: id, InstanceId: own })
    for (const entry of ['snat-none', own, foreign]) expect(await refused(id, entry)).toBe('ParameterSagSnatId')
    expect(await entries(other)).toBe(1)
  })

  test('MissingInstanceId from the front door', async () => {
    expect(await refused('sag-none', '')).toBe('MissingInstanceId')
  })
})
