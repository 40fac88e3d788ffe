import { direct, integer, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { nextToken, pageOf, placeIn, tokenOf } from '../../paging.ts'
import { rows } from '../error-rows.ts'
import { filtersOf, resourceNames, tagFilter, taggedType } from '../tag-params.ts'
import { badTags } from '../tag-rows.ts'

export const listTagResources = operation({
  name: 'ListTagResources',
  family: 'tags',
  about: {
    en: 'List the tags of roles or custom policies, by name and key.',
    zh: '查询角色或自定义权限策略的标签，按名称和标签键排序。',
  },
  source: 'Ram 2015-05-01, ListTagResources',
  access: { action: 'ram:ListTagResources', level: 'List', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    ResourceType: taggedType.required(),
    ResourceNames: resourceNames,
    Tag: tagFilter,
    NextToken: nextToken(placeOf, tokenOfPlace({ name: 'GatewayAdmin', key: 'team' })),
    // The default is that of the operation of this name for users (S).
    PageSize: integer()
      .range(1, 100)
      .default(100)
      .example('100')
      .about('Tags in one answer, up to 100.', '每次返回的标签数，最大 100。'),
  },

  errors: {
    ...rows('InvalidParameter.ResourceType'),
    ...badTags('ResourceNames'),
    ...badTags('Tag'),
  },

  result: {
    NextToken: stringField,
    TagResources: direct({
      ResourceType: stringField,
      ResourceName: stringField,
      TagKey: stringField,
      TagValue: stringField,
    }),
  },

  async run({ ram, caller }, { ResourceType, ResourceNames: names, Tag, NextToken: after, PageSize }) {
    const asked = { names, filters: filtersOf(Tag), after, size: PageSize + 1 }
    const found = await ram.tags.page(caller.accountId, ResourceType, asked)
    const { shown, more } = pageOf(found, PageSize, tokenOfPlace)
    return {
      NextToken: more.NextToken,
      TagResources: shown.map(({ name, key, value }) => ({
        ResourceType,
        ResourceName: name,
        TagKey: key,
        TagValue: value,
      })),
    }
  },
})

interface Place {
  readonly name: string
  readonly key: string
}

/** A name has no slash in it, a key may. */
function tokenOfPlace({ name, key }: Place): string {
  return tokenOf(`${name}/${key}`)
}

function placeOf(token: string): Place | undefined {
  const [, name, key] = /^([A-Za-z0-9.-]{1,128})\/(.{1,256})$/s.exec(placeIn(token)) ?? []
  return name === undefined || key === undefined || tokenOfPlace({ name, key }) !== token ? undefined : { name, key }
}
