import { expect, test } from 'vitest'
import { otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { addGroup } from '../testing.suite.ts'
import { listGroups as operation } from './list-groups.ts'

testOperation(operation, (world) => {
  test('lists the groups of the account by name, page by page', async () => {
    for (const name of ['c', 'a', 'b']) await addGroup(world(), name)
    await addGroup(world(), 'aa', { accountId: otherAccountId })
    const first = await world().call(operation, { MaxItems: '2' })
    expect(first).toMatchObject({ IsTruncated: true, Groups: [{ GroupName: 'a' }, { GroupName: 'b' }] })
    const rest = await world().call(operation, { MaxItems: '2', Marker: `${first['Marker']}` })
    expect(rest).toMatchObject({ IsTruncated: false, Groups: [{ GroupName: 'c' }] })
    expect(rest['Marker']).toBeUndefined()
  })

  test('an account without groups has none', async () => {
    expect(await world().call(operation)).toMatchObject({ Groups: [], IsTruncated: false })
  })
})
