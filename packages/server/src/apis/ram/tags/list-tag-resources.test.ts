import { beforeEach, expect, test } from 'vitest'
import { accountId, otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { change } from '../testing.suite.ts'
import { listTagResources as operation } from './list-tag-resources.ts'

testOperation(operation, (world) => {
  beforeEach(() =>
    change(world(), async ({ tags }) => {
      await tags.put(accountId, 'role', 'b', [
        { key: 'team', value: 'net' },
        { key: 'env', value: 'prod' },
      ])
      await tags.put(accountId, 'role', 'a', [{ key: 'team', value: 'ops/中' }])
      await tags.put(accountId, 'policy', 'a', [{ key: 'team', value: 'net' }])
      await tags.put(otherAccountId, 'role', 'a', [{ key: 'theirs', value: '' }])
    }),
  )

  async function shown(params: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
    const { TagResources } = await world().call(operation, { ResourceType: 'role', ...params })
    return (TagResources as readonly Readonly<Record<string, string>>[]).map(
      ({ ResourceType, ResourceName, TagKey, TagValue }) => `${ResourceType} ${ResourceName} ${TagKey}=${TagValue}`,
    )
  }

  test('lists the tags of one type in this account, by name and key', async () => {
    expect(await shown()).toEqual(['role a team=ops/中', 'role b env=prod', 'role b team=net'])
    expect(await shown({ ResourceType: 'policy' })).toEqual(['policy a team=net'])
  })

  test('of named resources only, and names of nothing show nothing', async () => {
    expect(await shown({ ResourceNames: '["b","none"]' })).toEqual(['role b env=prod', 'role b team=net'])
    expect(await shown({ 'ResourceNames.1': 'none' })).toEqual([])
  })

  test('a filter chooses the resources that have all of its tags, and shows all tags of those', async () => {
    expect(await shown({ 'Tag.1.Key': 'env' })).toEqual(['role b env=prod', 'role b team=net'])
    expect(await shown({ Tag: '[{"Key":"team","Value":"net"},{"Key":"env"}]' })).toHaveLength(2)
    expect(await shown({ Tag: '[{"Key":"team","Value":"other"}]' })).toEqual([])
    expect(await shown({ Tag: '[{"Key":"env"}]', 'ResourceNames.1': 'a' })).toEqual([])
  })

  test('goes on where the page before ended, in the middle of a resource too', async () => {
    const page = (params: Readonly<Record<string, string>>) =>
      world().call(operation, { ResourceType: 'role', PageSize: '2', ...params })
    const first = await page({})
    expect(first['TagResources']).toHaveLength(2)
    const { NextToken, TagResources } = await page({ NextToken: String(first['NextToken']) })
    expect(TagResources).toMatchObject([{ ResourceName: 'b', TagKey: 'team' }])
    expect(NextToken).toBeUndefined()
  })

  test.each([
    ['InvalidParameter.ResourceType', { ResourceType: 'User' }],
    ['InvalidParameter.ResourceNames.Format', { ResourceNames: '{}' }],
    ['InvalidParameter.Tag.Format', { Tag: '[{}]' }],
    ['InvalidNextToken', { NextToken: 'x' }],
    ['InvalidPageSize', { PageSize: '101' }],
  ])('%s', async (code, more) => {
    expect(await world().refused(operation, { ResourceType: 'role', ...more })).toBe(code)
  })
})
