import { expect, test } from 'vitest'
import { addAcl, addAclRule } from '../../testing/acl.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeAclAttribute as operation } from './describe-acl-attribute.ts'

testOperation(operation, (world) => {
  const refused = (more: object) => world().refused(operation, { RegionId: regionId, AclId: 'acl-none', ...more })

  test('in the order in which they are asked, filtered and by pages', async () => {
    const AclId = await addAcl(world())
    const rule = (given: Parameters<typeof addAclRule>[2]) => addAclRule(world(), AclId, given)
    const [sixth, fifth] = [await rule({ priority: 2, createdAt: world().now - 9 }), await rule({ policy: 'accept' })]
    const fourth = await rule({ policy: 'accept', createdAt: world().now - 1 })
    const third = await rule({ direction: 'in', name: 'the-last-drop' })
    const second = await rule({ sourceCidr: '10.0.0.0/8', destCidr: '10.0.0.0/8' })
    const first = await rule({ sourceCidr: '10.1.0.0/24' })
    await addAclRule(world(), await addAcl(world()))
    const ids = async (more: object) => {
      const { Acrs } = await world().call(operation, { RegionId: regionId, AclId, ...more })
      return (Acrs as { AcrId: string }[]).map(({ AcrId }) => AcrId)
    }
    expect(await ids({})).toEqual([first, second, third, fourth, fifth, sixth])
    expect(await ids({ Direction: 'in' })).toEqual([third])
    expect(await ids({ Name: 'last' })).toEqual([third])
    expect(await ids({ PageSize: '4', PageNumber: '2', Order: '1255444444' })).toEqual([fifth, sixth])
  })

  test('a list that is not there, in another region or of another account, has no rules', async () => {
    const foreign = await addAcl(world(), { accountId: otherAccountId })
    const away = await addAcl(world(), { regionId: 'cn-hangzhou' })
    for (const id of [foreign, away]) await addAclRule(world(), id)
    for (const AclId of ['acl-none', foreign, away]) {
      const none = { Acrs: [], TotalCount: 0 }
      expect(await world().call(operation, { RegionId: regionId, AclId })).toMatchObject(none)
    }
  })

  test('MissingParameter, InvalidParameter, InvalidId.ACL of what is no id', async () => {
    for (const name of ['RegionId', 'AclId']) expect(await refused({ [name]: '' })).toBe('MissingParameter')
    for (const wrong of [{ PageNumber: '0' }, { PageSize: '51' }, { Direction: 'both' }, { Name: '1' }]) {
      expect(await refused({ AclId: 'ACL', ...wrong })).toBe('InvalidParameter')
    }
    expect(await refused({ AclId: 'ACL' })).toBe('InvalidId.ACL')
  })
})
