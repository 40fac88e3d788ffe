import { direct, list, objects, orJson, type Param, stringField, text } from '../../../declare/index.ts'
import { isTagKey, isTagValue, type Tags, tagLimit } from '../../../model/tags.ts'

interface SentTag {
  readonly Key: string | undefined
  readonly Value: string | undefined
}

/** Tags that are given to gateways. */
export const tags: Param<
  readonly SentTag[] | undefined,
  'InvalidTagKey' | 'InvalidTagValue' | 'SizeLimitExceeded.TagNum' | 'Forbidden.TagKey.Duplicated'
> = orJson(
  objects({
    Key: text().invalid('InvalidTagKey').example('env').about('1 to 128 characters.', '1 至 128 个字符。'),
    Value: text().invalid('InvalidTagValue').example('prod').about('Up to 128 characters.', '最长 128 个字符。'),
  }),
)
  .satisfies((sent) => sent.every(({ Key }) => isTagKey(Key)), 'InvalidTagKey')
  .satisfies((sent) => sent.every(({ Value }) => isTagValue(Value)), 'InvalidTagValue')
  .satisfies((sent) => sent.length <= tagLimit, 'SizeLimitExceeded.TagNum')
  .satisfies((sent) => new Set(sent.map(({ Key }) => Key)).size === sent.length, 'Forbidden.TagKey.Duplicated')
  .invalid('InvalidTagKey')
  .example('[{"Key":"env","Value":"prod"}]')
  .about('Up to 20; not with `aliyun`, `acs:` or `http://`.', '最多 20 个，不能含 `aliyun`、`acs:`、`http://`。')

/** Keys that are taken away from gateways. */
export const tagKeys: Param<readonly string[] | undefined, 'InvalidTagKey' | 'SizeLimitExceeded.TagNum'> = list(
  text().invalid('InvalidTagKey'),
)
  .satisfies((keys) => keys.every(isTagKey), 'InvalidTagKey')
  .satisfies((keys) => keys.length <= tagLimit, 'SizeLimitExceeded.TagNum')
  .example('env')
  .about('Keys to take away, up to 20.', '要移除的标签键，最多 20 个。')

export const keyRow = {
  InvalidTagKey: [400, 'The specified tag key is invalid.', 'Tag标签的Key值不合法。'],
} as const satisfies Rows
export const valueRow = {
  InvalidTagValue: [400, 'The specified tag value is invalid.', 'Tag标签的Value值不合法。'],
} as const satisfies Rows
export const numberRow = {
  'SizeLimitExceeded.TagNum': [400, 'The maximum number of tags is exceeded.', 'Tag个数超过了最大数量。'],
} as const satisfies Rows
export const twiceRow = {
  'Forbidden.TagKey.Duplicated': [400, 'The specified tag key already exists.', 'TagKey存在相同的值。'],
} as const satisfies Rows

type Rows = Readonly<Record<string, readonly [number, string, string]>>

/** As they are kept. */
export function tagsOf(sent: readonly SentTag[]): Tags {
  return sent.map(({ Key = '', Value = '' }) => [Key, Value] as const)
}

/** As answers show them. */
export const tagFields = direct({ Key: stringField, Value: stringField })

export function shownTags(kept: Tags | undefined) {
  return kept?.map(([Key, Value]) => ({ Key, Value }))
}
