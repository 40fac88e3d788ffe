import { expect, test } from 'vitest'
import { addAcl, addAclRule, associateAcl, toldAcl } from '../../testing/acl.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSmartAccessGatewayAttribute } from '../instances/describe-smart-access-gateway-attribute.ts'
import { deleteAcl as operation } from './delete-acl.ts'

testOperation(operation, (world) => {
  const refused = (more: object) => world().refused(operation, { RegionId: regionId, AclId: 'acl-none', ...more })

  test('it is gone with its rules, its instances have none, and their gateways are told', async () => {
    const SmartAGId = await world().addInstance()
    const serial = await world().addDevice(SmartAGId)
    const [AclId, other] = [await addAcl(world()), await addAcl(world())]
    for (const id of [AclId, other]) await addAclRule(world(), id)
    await associateAcl(world(), SmartAGId, AclId)
    expect(await toldAcl(world(), SmartAGId)).toBeDefined()
    world().told.length = 0

    expect(await world().call(operation, { RegionId: regionId, AclId })).toEqual({})
    expect(world().told).toEqual([serial])
    expect(await toldAcl(world(), SmartAGId)).toBeUndefined()
    const shown = await world().call(describeSmartAccessGatewayAttribute, { RegionId: regionId, SmartAGId })
    expect(shown.AclIds).toEqual([])
    const left = await world().store.read((db) => db.selectFrom('acl_rule').select('acl_id').execute())
    expect(left).toEqual([{ acl_id: other }])
    expect(await refused({ AclId })).toBe('InvalidId.ACL')
  })

  test('MissingParameter and InvalidId.ACL', async () => {
    for (const name of ['RegionId', 'AclId']) expect(await refused({ [name]: '' })).toBe('MissingParameter')
    const foreign = await addAcl(world(), { accountId: otherAccountId })
    const away = await addAcl(world(), { regionId: 'cn-hangzhou' })
    for (const AclId of ['ACL', foreign, away]) expect(await refused({ AclId })).toBe('InvalidId.ACL')
  })

  test.each([
    ['FeatureNotSupport', ['1.9.9.9']],
    ['FeatureNotSupportForActiveSmartAG', ['1.9.9.9', '2.0.0.0']],
    ['FeatureNotSupportForStandBySmartAG', ['2.0.0.0', '1.9.9.9']],
  ])('%s: a small box that was bound since is older than 2.0.0 (%j)', async (code, versions) => {
    const [SmartAGId, AclId] = [await world().addInstance({ spec: 'sag-100wm' }), await addAcl(world())]
    await associateAcl(world(), SmartAGId, AclId)
    for (const version of versions) await world().addDevice(SmartAGId, { model: 'sag-100wm', version })
    expect(await refused({ AclId })).toBe(code)
  })
})
