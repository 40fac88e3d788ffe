import { boolean } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { rows } from '../error-rows.ts'
import { requireTagged } from '../find-tagged.ts'
import { resourceNames, taggedType, tagKeys } from '../tag-params.ts'
import { badTags } from '../tag-rows.ts'

export const untagResources = operation({
  name: 'UntagResources',
  family: 'tags',
  about: {
    en: 'Take tags away from roles or custom policies. A key that is not there is no error.',
    zh: '移除角色或自定义权限策略的标签，标签键不存在时不报错。',
  },
  source: 'Ram 2015-05-01, UntagResources',
  access: { action: 'ram:UntagResources', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    ResourceType: taggedType.required(),
    ResourceNames: resourceNames.required(),
    TagKeys: tagKeys,
    // As in the platform's other operations of this name (S): with keys it says nothing.
    All: boolean()
      .default(false)
      .example('false')
      .about(
        'Whether to take all tags away, where no `TagKeys` are given.',
        '是否移除全部标签，仅在未填写 `TagKeys` 时生效。',
      ),
  },

  errors: {
    ...rows('InvalidParameter.ResourceType'),
    ...badTags('ResourceNames'),
    ...badTags('TagKeys'),
    ...rows('EntityNotExist.Role', 'EntityNotExist.Policy'),
  },

  result: {},

  async run(context, { ResourceType, ResourceNames, TagKeys, All }) {
    const { ram, caller, fail } = context
    // Nothing would be taken away, and the caller would not know.
    if (TagKeys === undefined && !All) throw fail('InvalidParameter.TagKeys.Format')
    await requireTagged(context, ResourceType, ResourceNames)
    await ram.tags.remove(caller.accountId, ResourceType, ResourceNames, TagKeys)
    return {}
  },
})
