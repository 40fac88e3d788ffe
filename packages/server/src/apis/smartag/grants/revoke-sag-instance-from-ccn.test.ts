import { expect, test } from 'vitest'
import { createRepositories } from '../../../store/repositories.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, ccnOf, grant, putInto } from '../../testing/networks.suite.ts'
import { revokeSagInstanceFromCcn as operation } from './revoke-sag-instance-from-ccn.ts'

testOperation(operation, (world) => {
  function params(SmartAGId: string, CcnInstanceId: string) {
    return { RegionId: regionId, SmartAGId, CcnInstanceId }
  }

  function refused(SmartAGId: string, CcnInstanceId: string): Promise<string> {
    return world().refused(operation, params(SmartAGId, CcnInstanceId))
  }

  test('takes the grant back; the instance stays where it is', async () => {
    const [id, ccn] = [await world().addInstance(), await addCcn(world(), { accountId: otherAccountId })]
    await grant(world(), id, ccn)
    await putInto(world(), id, ccn)
    expect(await world().call(operation, params(id, ccn))).toEqual({})
    expect(await world().store.read((db) => createRepositories(db).networks.isGranted(id))).toBe(false)
    expect(await ccnOf(world(), id)).toBe(ccn)
    expect(await refused(id, ccn)).toBe('CCN.InvalidId')
  })

  test('SAG.InstanceIdEmpty: absent or blank; before CCN.InvalidId', async () => {
    expect(await refused(' ', '')).toBe('SAG.InstanceIdEmpty')
    expect(await world().refused(operation, { RegionId: regionId })).toBe('SAG.InstanceIdEmpty')
  })

  test("CCN.InvalidId: absent, not granted to it, or not one's own instance", async () => {
    const [id, foreign] = [await world().addInstance(), await world().addInstance({ accountId: otherAccountId })]
    const [ccn, other] = [await addCcn(world()), await addCcn(world())]
    await grant(world(), id, other)
    await grant(world(), foreign, ccn)
    expect(await refused(id, '')).toBe('CCN.InvalidId')
    expect(await refused(id, ccn)).toBe('CCN.InvalidId')
    expect(await refused(foreign, ccn)).toBe('CCN.InvalidId')
    expect(await refused('sag-none', ccn)).toBe('CCN.InvalidId')
    expect(await world().store.read((db) => createRepositories(db).networks.isGranted(foreign))).toBe(true)
  })
})
