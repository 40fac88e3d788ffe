import { expect, test } from 'vitest'
import { addAcl } from '../../testing/acl.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { getAclAttribute } from './get-acl-attribute.ts'
import { modifyAcl as operation } from './modify-acl.ts'

testOperation(operation, (world) => {
  const refused = (more: object) =>
    world().refused(operation, { RegionId: regionId, AclId: 'acl-none', Name: 'east', ...more })

  test('it has the new name', async () => {
    const AclId = await addAcl(world())
    expect(await world().call(operation, { RegionId: regionId, AclId, Name: 'east' })).toEqual({})
    expect(await world().call(getAclAttribute, { RegionId: regionId, AclId })).toMatchObject({ AclName: 'east' })
  })

  test('MissingParameter, InvalidName, InvalidId.ACL', async () => {
    for (const name of ['RegionId', 'AclId', 'Name']) expect(await refused({ [name]: '' })).toBe('MissingParameter')
    expect(await refused({ Name: '1' })).toBe('InvalidName')
    const foreign = await addAcl(world(), { accountId: otherAccountId })
    const away = await addAcl(world(), { regionId: 'cn-hangzhou' })
    for (const AclId of ['ACL', 'acl-none', foreign, away]) expect(await refused({ AclId })).toBe('InvalidId.ACL')
  })
})
