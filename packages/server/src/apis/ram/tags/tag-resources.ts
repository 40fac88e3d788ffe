import { tagLimit } from '../../../model/tags.ts'
import { operation } from '../../operation.ts'
import { rows } from '../error-rows.ts'
import { requireTagged } from '../find-tagged.ts'
import { resourceNames, taggedType, tags, tagsOf } from '../tag-params.ts'
import { badTags } from '../tag-rows.ts'

export const tagResources = operation({
  name: 'TagResources',
  family: 'tags',
  about: {
    en: 'Add tags to roles or custom policies. A key that is there gets the new value.',
    zh: '为角色或自定义权限策略添加标签，已有的标签键将更新为新值。',
  },
  source: 'Ram 2015-05-01, TagResources',
  access: { action: 'ram:TagResources', level: 'Write', printed: 'create', resource: '*', dependent: [] },
  transaction: 'write',

  params: { ResourceType: taggedType.required(), ResourceNames: resourceNames.required(), Tag: tags.required() },

  errors: {
    ...rows('InvalidParameter.ResourceType'),
    ...badTags('ResourceNames'),
    ...badTags('Tag'),
    ...rows('EntityNotExist.Role', 'EntityNotExist.Policy', 'LimitExceeded.Tag'),
  },

  result: {},

  async run(context, { ResourceType, ResourceNames, Tag }) {
    const { ram, caller, fail } = context
    const { accountId } = caller
    const names = [...new Set(ResourceNames)]
    await requireTagged(context, ResourceType, names)
    const given = tagsOf(Tag)
    const present = await ram.tags.of(accountId, ResourceType, names)
    for (const name of names) {
      const keys = new Set([...(present.get(name) ?? []), ...given].map(({ key }) => key))
      if (keys.size > tagLimit) throw fail('LimitExceeded.Tag')
    }
    for (const name of names) await ram.tags.put(accountId, ResourceType, name, given)
    return {}
  },
})
