import { expect, test } from 'vitest'
import { createRepositories } from '../../../store/repositories.ts'
import { accountId, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, grantToCen } from '../../testing/networks.suite.ts'
import { attachCcnInstanceToCen as operation } from './attach-ccn-instance-to-cen.ts'

testOperation(operation, (world) => {
  async function attach(CcnId: string, CenId: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
    expect(await world().call(operation, { RegionId: regionId, CcnId, CenId, ...more })).toEqual({})
  }

  function refused(CcnId: string, CenId: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    return world().refused(operation, { RegionId: regionId, CcnId, CenId, ...more })
  }

  function stored(id: string) {
    return world().store.read((db) => createRepositories(db).networks.ccn(id))
  }

  test('attaches the network', async () => {
    const id = await addCcn(world())
    await attach(id, 'cen-1')
    expect(await stored(id)).toMatchObject({ cenId: 'cen-1', cenOwnerId: accountId, subnet: undefined })
  })

  test('to the same CEN again succeeds, and may bring a subnet', async () => {
    const id = await addCcn(world())
    await attach(id, 'cen-1')
    await attach(id, 'cen-1', { Subnet: '172.16.55.0/24' })
    await attach(id, 'cen-1')
    expect(await stored(id)).toMatchObject({ cenId: 'cen-1', subnet: '172.16.55.0/24' })
  })

  test("into another account's CEN it was granted to, by either side; the CEN stays that account's", async () => {
    const theirs = await addCcn(world(), { accountId: otherAccountId })
    await grantToCen(world(), theirs, 'cen-1', accountId)
    await attach(theirs, 'cen-1')
    expect(await stored(theirs)).toMatchObject({ cenId: 'cen-1', cenOwnerId: accountId })
    const own = await addCcn(world())
    await grantToCen(world(), own, 'cen-2', otherAccountId)
    await attach(own, 'cen-2')
    expect(await stored(own)).toMatchObject({ cenId: 'cen-2', cenOwnerId: otherAccountId })
  })

  test('InvalidId.CCN: a network of another account that granted it to another CEN, or to another account', async () => {
    const theirs = await addCcn(world(), { accountId: otherAccountId })
    await grantToCen(world(), theirs, 'cen-2', accountId)
    await grantToCen(world(), theirs, 'cen-3', '1210123456000000')
    expect(await refused(theirs, 'cen-1')).toBe('InvalidId.CCN')
    expect(await refused(theirs, 'cen-3')).toBe('InvalidId.CCN')
    expect((await stored(theirs))?.cenId).toBeUndefined()
  })

  test('MissingParameter: no network, no CEN', async () => {
    expect(await world().refused(operation, { CenId: 'cen-1' })).toBe('MissingParameter')
    expect(await world().refused(operation, { CcnId: await addCcn(world()) })).toBe('MissingParameter')
  })

  test('InvalidId.CCN: unknown, of another account, in another region', async () => {
    expect(await refused('ccn-none', 'cen-1')).toBe('InvalidId.CCN')
    expect(await refused(await addCcn(world(), { accountId: otherAccountId, cenId: 'cen-2' }), 'cen-1')).toBe(
      'InvalidId.CCN',
    )
    expect(await refused(await addCcn(world(), { regionId: 'cn-hangzhou' }), 'cen-1')).toBe('InvalidId.CCN')
  })

  test('AlreadyBound.CEN: attached to another', async () => {
    expect(await refused(await addCcn(world(), { cenId: 'cen-2' }), 'cen-1')).toBe('AlreadyBound.CEN')
  })

  test('a CEN id or subnet of another form is the front door’s to refuse', async () => {
    const id = await addCcn(world())
    expect(await refused(id, 'backbone')).toBe('InvalidCenId')
    expect(await refused(id, 'cen-1', { Subnet: '172.16.55.1/24' })).toBe('InvalidSubnet')
  })
})
