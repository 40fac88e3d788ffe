import { expect, test } from 'vitest'
import { day, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, addVbr, grant } from '../../testing/networks.suite.ts'
import { deleteSmartAccessGateway as operation } from './delete-smart-access-gateway.ts'

testOperation(operation, (world) => {
  function refused(params: Readonly<Record<string, string>>): Promise<string> {
    return world().refused(operation, params)
  }

  async function overdue(given: { accountId?: string; kind?: 'app' | 'vcpe' } = {}): Promise<string> {
    const id = await world().addInstance(given)
    await world().fleet.setOverdue(id, world().now - 7 * day)
    return id
  }

  test('it is gone, and its devices are in the inventory again', async () => {
    const id = await overdue()
    const serials = [await world().addDevice(id), await world().addDevice(id)]
    await world().store.write(async (tx) => {
      await tx
        .insertInto('instance_cidr')
        .values({ instance_id: id, position: 0, cidr: '10.0.0.0/24', first: 167772160, last: 167772415, ccn_id: null })
        .execute()
    })
    await grant(world(), id, await addCcn(world(), { accountId: otherAccountId }))
    expect(await world().call(operation, { RegionId: regionId, InstanceId: id })).toEqual({})
    expect(await world().fleet.instanceById(id)).toBeUndefined()
    for (const serial of serials) {
      expect(await world().fleet.device(serial)).toMatchObject({ instanceId: undefined, role: undefined })
    }
    const left = await world().store.read(async (db) => [
      ...(await db.selectFrom('instance_cidr').select('instance_id').execute()),
      ...(await db.selectFrom('sag_grant').select('instance_id').execute()),
    ])
    expect(left).toEqual([])
    expect(await refused({ InstanceId: id })).toBe('SAG.InstanceNoFound')
  })

  test('MissingParameter: absent or blank', async () => {
    expect(await refused({})).toBe('MissingParameter')
    expect(await refused({ InstanceId: '' })).toBe('MissingParameter')
  })

  test('SAG.InstanceNoFound: unknown, of another account, or in another region; before its state', async () => {
    const foreign = await overdue({ accountId: otherAccountId })
    const fresh = await world().addInstance()
    expect(await refused({ InstanceId: 'sag-none' })).toBe('SAG.InstanceNoFound')
    expect(await refused({ InstanceId: foreign })).toBe('SAG.InstanceNoFound')
    expect(await refused({ InstanceId: fresh, RegionId: 'cn-hangzhou' })).toBe('SAG.InstanceNoFound')
  })

  test('ActionNotSupport: not overdue for seven days, though bound', async () => {
    const id = await world().addInstance()
    expect(await refused({ InstanceId: id })).toBe('ActionNotSupport')
    await world().fleet.setOverdue(id, world().now - 7 * day + 1)
    await addCcn(world(), {}, id)
    expect(await refused({ InstanceId: id })).toBe('ActionNotSupport')
  })

  test.each(['app', 'vcpe'] as const)('ActionNotSupport: %s is released by the system', async (kind) => {
    expect(await refused({ InstanceId: await overdue({ kind }) })).toBe('ActionNotSupport')
  })

  test('ResourceInOperating: in a CCN, or bound to a VBR', async () => {
    const [inside, backed] = [await overdue(), await overdue()]
    await addCcn(world(), {}, inside)
    await addVbr(world(), { cenId: 'cen-1', instanceId: backed })
    for (const id of [inside, backed]) expect(await refused({ InstanceId: id })).toBe('ResourceInOperating')
  })
})
