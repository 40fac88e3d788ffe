import { expect, test } from 'vitest'
import { createRepositories } from '../../../store/repositories.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, grant, putInto } from '../../testing/networks.suite.ts'
import { deleteCloudConnectNetwork as operation } from './delete-cloud-connect-network.ts'

testOperation(operation, (world) => {
  function refused(CcnId: string, RegionId = regionId): Promise<string> {
    return world().refused(operation, { RegionId, CcnId })
  }

  test('deletes it with the grants to it', async () => {
    const id = await addCcn(world())
    const instance = await world().addInstance({ accountId: otherAccountId })
    await grant(world(), instance, id)
    expect(await world().call(operation, { RegionId: regionId, CcnId: id })).toEqual({})
    await world().store.read(async (db) => {
      const { networks } = createRepositories(db)
      expect(await networks.ccn(id)).toBeUndefined()
      expect(await networks.isGranted(instance)).toBe(false)
    })
    expect(await refused(id)).toBe('InvalidId.CCN')
  })

  test('finds it without a region', async () => {
    const id = await addCcn(world(), { regionId: 'cn-hangzhou' })
    expect(await world().call(operation, { CcnId: id })).toEqual({})
  })

  test('MissingParameter: absent or blank', async () => {
    expect(await world().refused(operation, { RegionId: regionId })).toBe('MissingParameter')
    expect(await refused(' ')).toBe('MissingParameter')
  })

  test('InvalidId.CCN: unknown, or in another region', async () => {
    expect(await refused('ccn-none')).toBe('InvalidId.CCN')
    expect(await refused(await addCcn(world()), 'cn-hangzhou')).toBe('InvalidId.CCN')
  })

  test("Forbidden: another account's, whatever state it is in", async () => {
    expect(await refused(await addCcn(world(), { accountId: otherAccountId, cenId: 'cen-1' }))).toBe('Forbidden')
  })

  test('AlreadyBound.CEN comes before AlreadyBound.SMARTAG', async () => {
    const id = await addCcn(world(), { cenId: 'cen-1' })
    expect(await refused(id)).toBe('AlreadyBound.CEN')
    await putInto(world(), await world().addInstance(), id)
    expect(await refused(id)).toBe('AlreadyBound.CEN')
  })

  test('AlreadyBound.SMARTAG: it has a member', async () => {
    const id = await addCcn(world())
    await putInto(world(), await world().addInstance(), id)
    expect(await refused(id)).toBe('AlreadyBound.SMARTAG')
  })
})
