import { list, objects, orJson, type Param, stringField, text, wrapped } from '../../declare/index.ts'
import { isTagKey, isTagValue, tagLimit } from '../../model/tags.ts'
import type { Tag, TagFilter, TaggedType } from '../../store/access/tags.ts'
import type { FormatCode } from './error-rows.ts'
import { limits } from './limits.ts'

interface SentTag {
  readonly Key: string | undefined
  readonly Value: string | undefined
}

type TagsParam = Param<readonly SentTag[] | undefined, FormatCode<'Tag'>>

/** Keys and values as everywhere on the platform (C: RAM's pages say only that there are up to 20). */
export const tags: TagsParam = orJson(
  objects({
    Key: text()
      .invalid('InvalidParameter.Tag.Format')
      .example('team')
      .about('The key: 1 to 128 characters.', '标签键，1 至 128 个字符。'),
    Value: text()
      .invalid('InvalidParameter.Tag.Format')
      .example('network')
      .about('The value: up to 128 characters.', '标签值，最长 128 个字符。'),
  }),
)
  .satisfies((sent) => sent.length <= tagLimit && sent.every(isTag), 'InvalidParameter.Tag.Format')
  .satisfies((sent) => new Set(sent.map(({ Key }) => Key)).size === sent.length, 'InvalidParameter.Tag.Format')
  .invalid('InvalidParameter.Tag.Format')
  .example('[{"Key":"team","Value":"network"}]')
  .about(
    'Tags, up to 20. Neither keys nor values begin with `aliyun` or `acs:` or contain `http://` or `https://`.',
    '标签，最多 20 个。键和值均不能以 `aliyun` 或 `acs:` 开头，不能包含 `http://` 或 `https://`。',
  )

export const tagFilter: TagsParam = tags.about(
  'Tags it must have, up to 20. Without a value: any value of the key.',
  '须具有的标签，最多 20 个。不填值时匹配该键的任意值。',
)

export const taggedType: Param<TaggedType | undefined, 'InvalidParameter.ResourceType'> = text()
  .oneOf('role', 'policy')
  .invalid('InvalidParameter.ResourceType')
  .example('role')
  .about('The kind of resource: `role` or `policy`.', '资源类型：`role` 或 `policy`。')

export const resourceNames: Param<readonly string[] | undefined, FormatCode<'ResourceNames'>> = names(
  'ResourceNames',
  limits.taggedAtOnce,
)
  .example('GatewayAdmin')
  .about('The names of the roles or policies, up to 50.', '角色或权限策略的名称，最多 50 个。')

export const tagKeys: Param<readonly string[] | undefined, FormatCode<'TagKeys'>> = names('TagKeys', tagLimit)
  .example('team')
  .about('The keys to take away, up to 20.', '要移除的标签键，最多 20 个。')

function names<const N extends string>(param: N, most: number): Param<readonly string[] | undefined, FormatCode<N>> {
  const code = `InvalidParameter.${param}.Format` as FormatCode<N>
  return orJson(list(text().length(1, 128).invalid(code)))
    .satisfies((sent) => sent.length <= most, code)
    .invalid(code)
}

function isTag({ Key, Value }: SentTag): boolean {
  return isTagKey(Key) && isTagValue(Value)
}

/** Of a list of roles or policies. */
export const tagsField = wrapped('Tag', { TagKey: stringField, TagValue: stringField })

export function tagsShown(tags: readonly Tag[] | undefined) {
  return tags?.map(({ key, value }) => ({ TagKey: key, TagValue: value }))
}

/** As they are kept. */
export function tagsOf(sent: readonly SentTag[] | undefined): readonly Tag[] {
  return (sent ?? []).map(({ Key = '', Value = '' }) => ({ key: Key, value: Value }))
}

export function filtersOf(sent: readonly SentTag[] | undefined): readonly TagFilter[] {
  return (sent ?? []).map(({ Key = '', Value }) => ({ key: Key, value: Value }))
}
