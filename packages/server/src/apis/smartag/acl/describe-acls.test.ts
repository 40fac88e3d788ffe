import { expect, test } from 'vitest'
import { addAcl, associateAcl } from '../../testing/acl.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeAcls as operation } from './describe-acls.ts'

testOperation(operation, (world) => {
  const refused = (more: object) => world().refused(operation, { RegionId: regionId, ...more })

  test('the caller’s own in the region, the oldest first, filtered and by pages', async () => {
    const second = await addAcl(world(), { name: 'east-one' })
    const first = await addAcl(world(), { name: 'west', createdAt: world().now - 1 })
    const third = await addAcl(world(), { name: 'east-two', type: 'acl-software', createdAt: world().now + 1 })
    await addAcl(world(), { regionId: 'cn-hangzhou' })
    await addAcl(world(), { accountId: otherAccountId })
    const ids = async (more: object) => {
      const { Acls } = await world().call(operation, { RegionId: regionId, ...more })
      return (Acls as { AclId: string }[]).map(({ AclId }) => AclId)
    }
    expect(await ids({})).toEqual([first, second, third])
    expect(await ids({ AclIds: `${third},acl-none,${first}` })).toEqual([first, third])
    expect(await ids({ AclType: 'acl-software' })).toEqual([third])
    expect(await ids({ Name: 'east' })).toEqual([second, third])
    expect(await ids({ PageSize: '2', PageNumber: '2' })).toEqual([third])
  })

  test('with the number of its instances', async () => {
    const AclId = await addAcl(world())
    for (let index = 0; index < 2; index++) await associateAcl(world(), await world().addInstance(), AclId)
    expect(await world().call(operation, { RegionId: regionId })).toMatchObject({ Acls: [{ AclId, SagCount: '2' }] })
  })

  test('MissingParameter, InvalidParameter', async () => {
    expect(await refused({ RegionId: '' })).toBe('MissingParameter')
    for (const wrong of [{ PageNumber: '0' }, { PageSize: '51' }, { AclType: 'software' }, { Name: '1' }]) {
      expect(await refused(wrong)).toBe('InvalidParameter')
    }
  })
})
