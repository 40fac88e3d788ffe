import { expect, test } from 'vitest'
import { otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { addRole } from '../testing.suite.ts'
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

  test('NotSupport.Tag', async () => {
    expect(await world().refused(operation, { Tag: '[{"Key":"a"}]' })).toBe('NotSupport.Tag')
  })
})
