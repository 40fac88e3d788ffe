import { expect, test } from 'vitest'
import { createRepositories } from '../../../store/repositories.ts'
import { accountId, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, addVbr, ccnOf, change, putInto } from '../../testing/networks.suite.ts'
import { detachCcnInstanceFromCen as operation } from './detach-ccn-instance-from-cen.ts'

testOperation(operation, (world) => {
  function refused(CcnId: string, CenId = 'cen-1'): Promise<string> {
    return world().refused(operation, { RegionId: regionId, CcnId, CenId })
  }

  test('detaches the network; members and backed up lines stay', async () => {
    const id = await addCcn(world(), { cenId: 'cen-1' })
    const member = await world().addInstance()
    await putInto(world(), member, id)
    const vbr = await addVbr(world(), { cenId: 'cen-1', instanceId: member })
    expect(await world().call(operation, { RegionId: regionId, CcnId: id, CenId: 'cen-1' })).toEqual({})
    await world().store.read(async (db) => {
      const { networks } = createRepositories(db)
      expect(await networks.ccn(id)).toMatchObject({ cenId: undefined, cenOwnerId: undefined })
      expect((await networks.vbr(vbr))?.instanceId).toBe(member)
    })
    expect(await ccnOf(world(), member)).toBe(id)
    expect(await refused(id)).toBe('NotBoundCEN')
  })

  test("the owner of the CEN may let go of another account's network, and nobody else", async () => {
    const theirs = await addCcn(world(), { accountId: otherAccountId })
    const attach = (cenId: string, ownerId: string) =>
      change(world(), ({ networks }) => networks.attachToCen(theirs, { cenId, ownerId }))
    await attach('cen-1', otherAccountId)
    expect(await refused(theirs)).toBe('InvalidId.CCN')
    await attach('cen-1', accountId)
    expect(await world().call(operation, { RegionId: regionId, CcnId: theirs, CenId: 'cen-1' })).toEqual({})
  })

  test('MissingParameter: no network, no CEN', async () => {
    expect(await world().refused(operation, { CenId: 'cen-1' })).toBe('MissingParameter')
    expect(await world().refused(operation, { CcnId: await addCcn(world(), { cenId: 'cen-1' }) })).toBe(
      'MissingParameter',
    )
  })

  test('InvalidId.CCN: unknown, of another account, in another region', async () => {
    expect(await refused('ccn-none')).toBe('InvalidId.CCN')
    expect(await refused(await addCcn(world(), { accountId: otherAccountId }))).toBe('InvalidId.CCN')
    expect(await refused(await addCcn(world(), { regionId: 'cn-hangzhou', cenId: 'cen-1' }))).toBe('InvalidId.CCN')
  })

  test('NotBoundCEN: attached to none, or to another', async () => {
    expect(await refused(await addCcn(world()))).toBe('NotBoundCEN')
    expect(await refused(await addCcn(world(), { cenId: 'cen-2' }))).toBe('NotBoundCEN')
  })

  test('a CEN id of another form is the front door’s to refuse', async () => {
    expect(await refused(await addCcn(world()), 'backbone')).toBe('InvalidCenId')
  })
})
