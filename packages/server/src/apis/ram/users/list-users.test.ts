import { expect, test } from 'vitest'
import { otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { addUser, change } from '../testing.suite.ts'
import { listUsers as operation } from './list-users.ts'

testOperation(operation, (world) => {
  test('lists the users of the account by name, page by page', async () => {
    for (const name of ['carol', 'alice', 'Bob', 'bob', 'dave']) await addUser(world(), name)
    await addUser(world(), 'eve', { accountId: otherAccountId })
    const shown: string[] = []
    let Marker: unknown
    do {
      const page = await world().call(operation, {
        MaxItems: '2',
        ...(Marker === undefined ? {} : { Marker: `${Marker}` }),
      })
      shown.push(...(page['Users'] as { UserName: string }[]).map(({ UserName }) => UserName))
      Marker = page['Marker']
      expect(page['IsTruncated']).toBe(Marker !== undefined)
    } while (Marker !== undefined)
    expect(shown).toEqual([...shown].sort())
    expect(shown.toSorted()).toEqual(['Bob', 'alice', 'bob', 'carol', 'dave'])
  })

  test('a page is neither repeated nor left out when users come and go', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await addUser(world(), name)
    const first = await world().call(operation, { MaxItems: '2' })
    await change(world(), async ({ users }) => {
      const [gone] = await users.users('1210123456123456', { after: 'a', size: 1 })
      if (gone !== undefined) await users.remove(gone)
    })
    await addUser(world(), 'aa')
    const { Users } = await world().call(operation, { Marker: `${first['Marker']}` })
    expect((Users as { UserName: string }[]).map(({ UserName }) => UserName)).toEqual(['c', 'd'])
  })

  test('an account without users has none', async () => {
    expect(await world().call(operation)).toMatchObject({ Users: [], IsTruncated: false })
  })

  test.each([
    ['InvalidMaxItems', { MaxItems: '0' }],
    ['InvalidMaxItems', { MaxItems: '1001' }],
    ['InvalidMarker', { Marker: 'nonsense!' }],
  ])('%s: %o', async (code, params) => {
    expect(await world().refused(operation, params)).toBe(code)
  })
})
