import { expect, test } from 'vitest'
import { accountId, otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { addPolicy, addRole, change, look } from '../testing.suite.ts'
import { tagResources as operation } from './tag-resources.ts'

testOperation(operation, (world) => {
  const given = { ResourceType: 'role', 'ResourceNames.1': 'GatewayAdmin', 'Tag.1.Key': 'team', 'Tag.1.Value': 'net' }
  const tagsOf = (name: string, type: 'role' | 'policy' = 'role') =>
    look(world(), async ({ tags }) => (await tags.of(accountId, type, [name])).get(name))

  test('adds tags to each of the roles, and a key that is there gets the new value', async () => {
    for (const name of ['GatewayAdmin', 'Other', 'Third']) await addRole(world(), name)
    await world().call(operation, { ...given, 'Tag.2.Key': 'env' })
    await world().call(operation, {
      ...given,
      ResourceNames: '["GatewayAdmin","Other"]',
      Tag: '[{"Key":"env","Value":"prod"}]',
    })
    expect(await tagsOf('GatewayAdmin')).toEqual([
      { key: 'env', value: 'prod' },
      { key: 'team', value: 'net' },
    ])
    expect(await tagsOf('Other')).toEqual([{ key: 'env', value: 'prod' }])
    expect(await tagsOf('Third')).toBeUndefined()
  })

  test('a policy and a role of one name have tags of their own, and so has the role of another account', async () => {
    await addRole(world(), 'Same')
    await addRole(world(), 'Same', { accountId: otherAccountId })
    await addPolicy(world(), 'Same')
    await world().call(operation, { ...given, ResourceType: 'policy', 'ResourceNames.1': 'Same' })
    expect(await tagsOf('Same', 'policy')).toEqual([{ key: 'team', value: 'net' }])
    expect(await tagsOf('Same')).toBeUndefined()
    const elsewhere = await look(world(), ({ tags }) => tags.of(otherAccountId, 'policy', ['Same']))
    expect(elsewhere.size).toBe(0)
  })

  test.each([
    ['EntityNotExist.Role', { 'ResourceNames.2': 'none' }],
    ['EntityNotExist.Policy', { ResourceType: 'policy' }],
    ['EntityNotExist.Policy', { ResourceType: 'policy', 'ResourceNames.1': 'AdministratorAccess' }],
  ])('%s: %o, and nothing is tagged', async (code, more) => {
    await addRole(world())
    expect(await world().refused(operation, { ...given, ...more })).toBe(code)
    expect(await tagsOf('GatewayAdmin')).toBeUndefined()
  })

  test('LimitExceeded.Tag: more than 20 of one role, and none of the roles gets any', async () => {
    await addRole(world())
    await addRole(world(), 'Another')
    const twenty = Array.from({ length: 20 }, (_, index) => ({ key: `k${index}`, value: '' }))
    await change(world(), ({ tags }) => tags.put(accountId, 'role', 'GatewayAdmin', twenty))
    const both = { ...given, 'ResourceNames.2': 'Another' }
    expect(await world().refused(operation, both)).toBe('LimitExceeded.Tag')
    expect(await tagsOf('Another')).toBeUndefined()
    expect(await world().call(operation, { ...both, 'Tag.1.Key': 'k3' })).toEqual({})
  })

  const keys = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`Tag.${index}.Key`, `k${index}`]))
  const names = (count: number) => JSON.stringify(Array.from({ length: count }, () => 'GatewayAdmin'))

  test('takes 20 tags, 50 names and keys of 128 characters', async () => {
    await addRole(world())
    await world().call(operation, { ...given, ResourceNames: names(50), ...keys(19), 'Tag.99.Key': 'é'.repeat(128) })
    expect(await tagsOf('GatewayAdmin')).toHaveLength(20)
  })

  test.each<[string, Readonly<Record<string, string>>]>([
    ['InvalidParameter.ResourceType', { ResourceType: 'user' }],
    ['InvalidParameter.ResourceNames.Format', { ResourceNames: 'GatewayAdmin' }],
    ['InvalidParameter.ResourceNames.Format', { ResourceNames: names(51) }],
    ['InvalidParameter.Tag.Format', { Tag: 'team' }],
    ['InvalidParameter.Tag.Format', keys(21)],
    ['InvalidParameter.Tag.Format', { Tag: '[{"Key":"a"},{"Key":"a"}]' }],
    ['InvalidParameter.Tag.Format', { Tag: '[{"Value":"a"}]' }],
    ['InvalidParameter.Tag.Format', { 'Tag.1.Key': 'k'.repeat(129) }],
    ['InvalidParameter.Tag.Format', { 'Tag.1.Value': 'v'.repeat(129) }],
    ['InvalidParameter.Tag.Format', { 'Tag.1.Key': 'Aliyun-team' }],
    ['InvalidParameter.Tag.Format', { 'Tag.1.Key': 'acs:team' }],
    ['InvalidParameter.Tag.Format', { 'Tag.1.Value': 'see http://a' }],
    ['InvalidParameter.Tag.Format', { 'Tag.1.Key': 'a\0b' }],
    ['MissingTag', { 'Tag.1.Key': '', 'Tag.1.Value': '', Tag: '[]' }],
    ['MissingResourceNames', { 'ResourceNames.1': '' }],
    ['MissingResourceType', { ResourceType: '' }],
  ])('%s: %o', async (code, more) => {
    await addRole(world())
    expect(await world().refused(operation, { ...given, ...more })).toBe(code)
  })
})
