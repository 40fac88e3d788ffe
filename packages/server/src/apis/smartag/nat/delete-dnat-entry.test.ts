import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addDnatEntry } from './add-dnat-entry.ts'
import { deleteDnatEntry as operation } from './delete-dnat-entry.ts'
import { describeDnatEntries } from './describe-dnat-entries.ts'

testOperation(operation, (world) => {
  const outer = { IpProtocol: 'tcp', ExternalIp: '10.255.0.1', ExternalPort: '80' }
  const entry = { RegionId: regionId, ...outer, InternalIp: '192.168.0.9', InternalPort: '80' }

  async function added(SagId: string): Promise<string> {
    return String((await world().call(addDnatEntry, { ...entry, SagId })).DnatEntryId)
  }

  function refused(SagId: string, DnatEntryId: string): Promise<string> {
    return world().refused(operation, { RegionId: regionId, SagId, DnatEntryId })
  }

  async function entries(SagId: string): Promise<unknown> {
    return (await world().call(describeDnatEntries, { RegionId: regionId, SagId })).TotalCount
  }

  test('the entry is gone, its gateways are told, and the same can be added again', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id)
    const DnatEntryId = await added(id)
    world().told.length = 0
    expect(await world().call(operation, { RegionId: regionId, SagId: id, DnatEntryId })).toEqual({})
    expect(await entries(id)).toBe(0)
    expect(world().told).toEqual([serial])
    await added(id)
  })

  test('works on an expired instance, because no code says otherwise', async () => {
    const id = await world().addInstance()
    const DnatEntryId = await added(id)
    await world().fleet.expire(id, world().now)
    await world().call(operation, { RegionId: regionId, SagId: id, DnatEntryId })
  })

  test.each([[{ RegionId: '' }], [{ SagId: '' }], [{ DnatEntryId: '' }]])('MissingParameter: %j', async (more) => {
    const sent = { RegionId: regionId, SagId: 'sag-none', DnatEntryId: 'fwd-none', ...more }
    expect(await world().refused(operation, sent)).toBe('MissingParameter')
  })

  test('InvalidParameter: no such ids can be', async () => {
    expect(await refused('sag', 'fwd-none')).toBe('InvalidParameter')
    expect(await refused('sag-none', 'snat-none')).toBe('InvalidParameter')
    expect(await refused('sag-none', 'fwd-NONE')).toBe('InvalidParameter')
  })

  test('Forbidden: of another account', async () => {
    expect(await refused(await world().addInstance({ accountId: otherAccountId }), 'fwd-none')).toBe('Forbidden')
  })

  test('InstanceNotExit: no such instance here; an entry deleted already, or of another instance, which keeps it', async () => {
    expect(await refused('sag-none', 'fwd-none')).toBe('InstanceNotExit')
    expect(await refused(await world().addInstance({ regionId: 'cn-hangzhou' }), 'fwd-none')).toBe('InstanceNotExit')
    const [id, other] = [await world().addInstance(), await world().addInstance()]
    const [own, foreign] = [await added(id), await added(other)]
    await world().call(operation, { RegionId: regionId, SagId: id, DnatEntryId: own })
    for (const one of ['fwd-none', own, foreign]) expect(await refused(id, one)).toBe('InstanceNotExit')
    expect(await entries(other)).toBe(1)
  })

  test('an instance that is deleted takes its entries with it', async () => {
    const id = await world().addInstance()
    await added(id)
    await world().store.write((tx) => tx.deleteFrom('instance').where('id', '=', id).execute())
    expect(await world().store.read((db) => db.selectFrom('dnat_entry').selectAll().execute())).toEqual([])
  })
})
