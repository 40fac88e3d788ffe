import { beforeEach, expect, test } from 'vitest'
import { accountId, testOperation } from '../../testing/harness.suite.ts'
import { addPolicy, addRole, change, look } from '../testing.suite.ts'
import { untagResources as operation } from './untag-resources.ts'

testOperation(operation, (world) => {
  const given = { ResourceType: 'role', 'ResourceNames.1': 'a' }
  const abc = ['x', 'y', 'z'].map((key) => ({ key, value: '1' }))
  const left = async (name: string, type: 'role' | 'policy' = 'role') => {
    const found = await look(world(), ({ tags }) => tags.of(accountId, type, [name]))
    return (found.get(name) ?? []).map(({ key }) => key)
  }

  beforeEach(async () => {
    await addPolicy(world(), 'a')
    for (const name of ['a', 'b']) {
      await addRole(world(), name)
      await change(world(), ({ tags }) => tags.put(accountId, 'role', name, abc))
    }
    await change(world(), ({ tags }) => tags.put(accountId, 'policy', 'a', abc))
  })

  test('takes the named keys from the named roles, and from nothing else', async () => {
    await world().call(operation, { ...given, TagKeys: '["x","none"]', All: 'true' })
    expect([await left('a'), await left('b'), await left('a', 'policy')]).toEqual([
      ['y', 'z'],
      ['x', 'y', 'z'],
      ['x', 'y', 'z'],
    ])
  })

  test('with All it takes every tag of them', async () => {
    await world().call(operation, { ...given, 'ResourceNames.2': 'b', All: 'true' })
    expect([await left('a'), await left('b'), await left('a', 'policy')]).toEqual([[], [], ['x', 'y', 'z']])
  })

  test.each<[string, Readonly<Record<string, string>>]>([
    ['EntityNotExist.Role', { 'ResourceNames.2': 'none', All: 'true' }],
    ['EntityNotExist.Policy', { ResourceType: 'policy', 'ResourceNames.1': 'b', All: 'true' }],
    ['InvalidParameter.ResourceType', { ResourceType: 'user', All: 'true' }],
    ['InvalidParameter.ResourceNames.Format', { ResourceNames: '["' }],
    ['InvalidParameter.TagKeys.Format', {}],
    ['InvalidParameter.TagKeys.Format', { All: 'false' }],
    ['InvalidParameter.TagKeys.Format', { TagKeys: JSON.stringify(Array.from({ length: 21 }, () => 'x')) }],
    ['InvalidParameter.TagKeys.Format', { 'TagKeys.1': 'x'.repeat(129) }],
  ])('%s: %o, and nothing is taken away', async (code, more) => {
    expect(await world().refused(operation, { ...given, ...more })).toBe(code)
    expect(await left('a')).toEqual(['x', 'y', 'z'])
  })
})
