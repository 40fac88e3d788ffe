import { expect, test } from 'vitest'
import { createRepositories } from '../../../store/repositories.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, grantToCen } from '../../testing/networks.suite.ts'
import { revokeInstanceFromCbn as operation } from './revoke-instance-from-cbn.ts'

testOperation(operation, (world) => {
  function params(CcnInstanceId: string, CenInstanceId = 'cen-1') {
    return { RegionId: regionId, CcnInstanceId, CenInstanceId }
  }

  function ownerOf(ccn: string): Promise<string | undefined> {
    return world().store.read((db) => createRepositories(db).networks.cenOwner(ccn, 'cen-1'))
  }

  test('takes the grant back; the network stays where it is', async () => {
    const ccn = await addCcn(world(), { cenId: 'cen-1' })
    await grantToCen(world(), ccn, 'cen-1', otherAccountId)
    expect(await world().call(operation, params(ccn))).toEqual({})
    expect(await ownerOf(ccn)).toBeUndefined()
    expect((await world().store.read((db) => createRepositories(db).networks.ccn(ccn)))?.cenId).toBe('cen-1')
  })

  test.each(['RegionId', 'CcnInstanceId', 'CenInstanceId'])('Missing%s from the front door', async (name) => {
    expect(await world().refused(operation, { ...params('ccn-1'), [name]: ' ' })).toBe(`Missing${name}`)
  })

  test("InvalidInstanceId.NotFound: taken back already, never given, or another account's network", async () => {
    const [ccn, foreign] = [await addCcn(world()), await addCcn(world(), { accountId: otherAccountId })]
    await grantToCen(world(), ccn, 'cen-1', otherAccountId)
    await grantToCen(world(), foreign, 'cen-1', otherAccountId)
    await world().call(operation, params(ccn))
    for (const [id, cen] of [[ccn], [ccn, 'cen-2'], [foreign], ['ccn-none']] as const) {
      expect(await world().refused(operation, params(id, cen))).toBe('InvalidInstanceId.NotFound')
    }
    expect(await ownerOf(foreign)).toBe(otherAccountId)
  })
})
