import { expect, test } from 'vitest'
import { addAcl, addAclRule, associateAcl, toldAcl } from '../../testing/acl.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { deleteAclRule as operation } from './delete-acl-rule.ts'

testOperation(operation, (world) => {
  const refused = (more: object) =>
    world().refused(operation, { RegionId: regionId, AclId: 'acl-none', AcrId: 'acr-none', ...more })

  test('it is gone, the gateways of the list are told, and then it is not there', async () => {
    const [SmartAGId, AclId] = [await world().addInstance(), await addAcl(world())]
    const serial = await world().addDevice(SmartAGId)
    const AcrId = await addAclRule(world(), AclId)
    await addAclRule(world(), AclId, { protocol: 'ICMP' })
    await associateAcl(world(), SmartAGId, AclId)
    world().told.length = 0
    expect(await world().call(operation, { RegionId: regionId, AclId, AcrId })).toEqual({})
    expect(world().told).toEqual([serial])
    expect(await toldAcl(world(), SmartAGId)).toMatchObject([{ protocol: 'icmp' }])
    expect(await refused({ AclId, AcrId })).toBe('InvalidId.ACR')
  })

  test('MissingParameter, InvalidId.ACL, InvalidId.ACR', async () => {
    for (const name of ['RegionId', 'AclId', 'AcrId']) expect(await refused({ [name]: '' })).toBe('MissingParameter')
    expect(await refused({})).toBe('InvalidId.ACL')
    const [AclId, other] = [await addAcl(world()), await addAcl(world())]
    for (const AcrId of ['ACR', await addAclRule(world(), other)]) {
      expect(await refused({ AclId, AcrId })).toBe('InvalidId.ACR')
    }
  })

  test.each([
    ['FeatureNotSupport', ['1.9.9.9']],
    ['FeatureNotSupportForActiveSmartAG', ['1.9.9.9', '2.0.0.0']],
    ['FeatureNotSupportForStandBySmartAG', ['2.0.0.0', '1.9.9.9']],
  ])('%s: a small box that was bound since is older than 2.0.0 (%j)', async (code, versions) => {
    const [SmartAGId, AclId] = [await world().addInstance({ spec: 'sag-100wm' }), await addAcl(world())]
    const AcrId = await addAclRule(world(), AclId)
    await associateAcl(world(), SmartAGId, AclId)
    for (const version of versions) await world().addDevice(SmartAGId, { model: 'sag-100wm', version })
    expect(await refused({ AclId, AcrId })).toBe(code)
  })
})
