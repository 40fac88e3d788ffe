import { expect, test } from 'vitest'
import { addAcl } from '../../testing/acl.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { createAcl as operation } from './create-acl.ts'
import { describeAcls } from './describe-acls.ts'

testOperation(operation, (world) => {
  const params = { RegionId: regionId, Name: 'branches' }
  const refused = (more: object) => world().refused(operation, { ...params, ...more })

  test('a list without instances, for gateways unless it is said otherwise, in its region', async () => {
    const { AclId, ...rest } = await world().call(operation, params)
    expect(rest).toEqual({ AclType: 'acl-hardware' })
    expect(AclId).toMatch(/^acl-[a-z0-9]{18}$/)
    expect((await world().call(describeAcls, { RegionId: regionId })).Acls).toEqual([
      { AclId, AclType: 'acl-hardware', Name: 'branches', SagCount: '0' },
    ])
    expect((await world().call(describeAcls, { RegionId: 'cn-hangzhou' })).TotalCount).toBe(0)
    const software = await world().call(operation, { ...params, AclType: 'acl-software' })
    expect(software.AclType).toBe('acl-software')
  })

  test('codes of the values, in their order', async () => {
    expect(await refused({ RegionId: '', Name: '1' })).toBe('MissingParameter')
    expect(await refused({ Name: ' ' })).toBe('MissingParameter')
    expect(await refused({ Name: '1' })).toBe('InvalidName')
    expect(await refused({ AclType: 'software' })).toBe('InvalidAclType')
  })

  test('AclAmountLimit: the 11th of the account, in whatever region; those of others do not count', async () => {
    for (let index = 0; index < 9; index++) await addAcl(world(), { regionId: 'cn-hangzhou' })
    await addAcl(world(), { accountId: otherAccountId })
    await world().call(operation, params)
    expect(await refused({})).toBe('AclAmountLimit')
  })
})
