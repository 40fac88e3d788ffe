import { expect, test } from 'vitest'
import { accountId, otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { addRole, change } from '../testing.suite.ts'
import { listRoles as operation } from './list-roles.ts'

testOperation(operation, (world) => {
  test('lists the roles of the account by name, page by page, without their trust policies', async () => {
    for (const name of ['c', 'a', 'b']) await addRole(world(), name)
    await addRole(world(), 'aa', { accountId: otherAccountId })
    const first = await world().call(operation, { MaxItems: '2' })
    expect(first).toMatchObject({ IsTruncated: true, Roles: [{ RoleName: 'a' }, { RoleName: 'b' }] })
    expect(await world().call(operation, { Marker: `${first['Marker']}` })).toMatchObject({
      IsTruncated: false,
      Roles: [{ RoleName: 'c', MaxSessionDuration: 3600 }],
    })
  })

  test('shows tags, and lists those that have all of the tags asked for', async () => {
    for (const name of ['a', 'b', 'c']) await addRole(world(), name)
    await change(world(), async ({ tags }) => {
      await tags.put(accountId, 'role', 'b', [{ key: 'team', value: 'net' }])
      await tags.put(accountId, 'role', 'c', [
        { key: 'team', value: 'net' },
        { key: 'env', value: 'prod' },
      ])
      await tags.put(accountId, 'policy', 'a', [{ key: 'env', value: 'prod' }])
    })
    const { Roles } = await world().call(operation)
    expect(Roles).toMatchObject([
      { RoleName: 'a', Tags: [] },
      { RoleName: 'b', Tags: [{ TagKey: 'team', TagValue: 'net' }] },
      {
        RoleName: 'c',
        Tags: [
          { TagKey: 'env', TagValue: 'prod' },
          { TagKey: 'team', TagValue: 'net' },
        ],
      },
    ])
    const named = async (Tag: string) =>
      ((await world().call(operation, { Tag }))['Roles'] as readonly { RoleName: string }[]).map(
        ({ RoleName }) => RoleName,
      )
    expect(await named('[{"Key":"team"}]')).toEqual(['b', 'c'])
    expect(await named('[{"Key":"team","Value":"net"},{"Key":"env","Value":"prod"}]')).toEqual(['c'])
    expect(await named('[{"Key":"team","Value":"none"}]')).toEqual([])
  })

  test('InvalidParameter.Tag.Format', async () => {
    expect(await world().refused(operation, { Tag: '[{"Key":""}]' })).toBe('InvalidParameter.Tag.Format')
  })
})
