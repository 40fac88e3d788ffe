import type { Texts } from './api-reference.ts'

/** A release of OpenSAG that counts here: the declarations of its operations were kept. */
export interface Release {
  readonly version: string
  /** The day it was frozen: `2026-11-28`. */
  readonly date: string
}

/** What one release changed of one operation. What is absent did not change. */
export interface HistoryEntry {
  /** Its place among the releases, oldest first; absent while no release has the change. */
  readonly release?: number
  /** The operation is new. */
  readonly added?: true
  readonly access?: Aspects
  readonly params?: Changes
  readonly result?: Changes
  readonly errors?: Changes
}

/** Of parameters, fields of the answer or codes, by their names. */
export interface Changes {
  readonly added?: readonly string[]
  /** Those of `added` that must be sent. */
  readonly required?: readonly string[]
  readonly removed?: readonly string[]
  readonly changed?: Readonly<Record<string, Aspects>>
  /** Errors that were there before and are there now are checked in another order. */
  readonly reordered?: true
}

/** Before and after, null where there was or is none; nothing of both where they are too long to be read. */
export type Aspects = Readonly<
  Partial<Record<Aspect, readonly [] | readonly [before: string | null, after: string | null]>>
>

/** One fact of an operation, a parameter, a field or an error. */
export type Aspect = keyof typeof labels | keyof typeof flags

const labels = {
  action: { en: 'RAM action', zh: 'RAM 操作' },
  level: { en: 'level', zh: '级别' },
  resource: { en: 'resource', zh: '资源' },
  dependent: { en: 'also needed', zh: '同时需要' },
  standsFor: { en: 'also allowed by', zh: '也可由此授权' },
  type: { en: 'type', zh: '类型' },
  values: { en: 'values', zh: '取值' },
  range: { en: 'range', zh: '取值范围' },
  length: { en: 'length', zh: '长度' },
  pattern: { en: 'form', zh: '格式' },
  default: { en: 'default', zh: '默认值' },
  empty: { en: 'sent empty', zh: '空值' },
  codes: { en: 'codes that refuse it', zh: '校验错误码' },
  status: { en: 'HTTP status', zh: 'HTTP 状态码' },
  message: { en: 'message', zh: '英文消息' },
  messageZh: { en: 'Chinese message', zh: '中文消息' },
} as const satisfies Record<string, Texts>

/** What is done with a value that is empty. */
const emptyTexts: Readonly<Record<string, Texts>> = {
  none: { en: 'not given', zh: '视为未传' },
  refused: { en: 'refused', zh: '拒绝' },
  clears: { en: 'clears the value', zh: '清除原值' },
}

/** Aspects that are there or not. */
const flags = {
  required: { now: { en: 'now required', zh: '改为必填' }, before: { en: 'no longer required', zh: '改为选填' } },
  secret: {
    now: { en: 'now a secret', zh: '改为敏感参数' },
    before: { en: 'no longer a secret', zh: '不再是敏感参数' },
  },
  ignored: {
    now: { en: 'accepted and no longer looked at', zh: '仍接受但不再生效' },
    before: { en: 'now has an effect', zh: '开始生效' },
  },
  anyCase: {
    now: { en: 'now in upper or lower case', zh: '不再区分大小写' },
    before: { en: 'now in the declared case only', zh: '改为区分大小写' },
  },
  json: {
    now: { en: 'now also as JSON text', zh: '也可使用 JSON 文本' },
    before: { en: 'no longer as JSON text', zh: '不再接受 JSON 文本' },
  },
  open: {
    now: { en: 'now every caller may', zh: '改为任何调用者均可调用' },
    before: { en: 'now policies are asked', zh: '改为检查权限策略' },
  },
} as const satisfies Record<string, { readonly now: Texts; readonly before: Texts }>

const words = {
  en: {
    operationAdded: 'The operation was added.',
    access: 'Access has changed: ',
    params: 'The request parameters have changed: ',
    result: 'The response structure has changed: ',
    errors: 'The error codes have changed: ',
    added: (names: string) => `added ${names}`,
    removed: (names: string) => `removed ${names}`,
    required: ' (required)',
    reordered: 'checked in another order',
    changed: (label: string) => `${label} changed`,
    from: (label: string, before: string, after: string) => `${label}: ${before} → ${after}`,
    none: 'none',
    and: ', ',
    next: '; ',
    end: '.',
  },
  zh: {
    operationAdded: '新增操作。',
    access: '权限变更：',
    params: '请求参数变更：',
    result: '返回结构变更：',
    errors: '错误码变更：',
    added: (names: string) => `新增 ${names}`,
    removed: (names: string) => `删除 ${names}`,
    required: '（必填）',
    reordered: '检查顺序变更',
    changed: (label: string) => `${label}变更`,
    from: (label: string, before: string, after: string) => `${label}：${before} → ${after}`,
    none: '无',
    and: '、',
    next: '；',
    end: '。',
  },
} as const

/** What an entry says, a sentence for each part of the operation. Names and values stand between backquotes. */
export function historySentences(entry: HistoryEntry, language: keyof Texts): readonly string[] {
  const word = words[language]
  const sentence = (begin: string, parts: readonly string[]): readonly string[] =>
    parts.length === 0 ? [] : [`${begin}${parts.join(word.next)}${word.end}`]
  return [
    ...(entry.added ? [word.operationAdded] : []),
    ...sentence(word.access, entry.access === undefined ? [] : [aspectTexts(entry.access, language)]),
    ...sentence(word.params, changeTexts(entry.params, language)),
    ...sentence(word.result, changeTexts(entry.result, language)),
    ...sentence(word.errors, changeTexts(entry.errors, language)),
  ]
}

function changeTexts(changes: Changes | undefined, language: keyof Texts): readonly string[] {
  if (changes === undefined) return []
  const word = words[language]
  const { added = [], required = [], removed = [], changed = {}, reordered } = changes
  const names = (list: readonly string[]): string =>
    list.map((one) => `\`${one}\`${required.includes(one) ? word.required : ''}`).join(word.and)
  return [
    ...(added.length === 0 ? [] : [word.added(names(added))]),
    ...(removed.length === 0 ? [] : [word.removed(names(removed))]),
    ...[...alike(changed, language)].map(([text, list]) => `${names(list)} ${text}`),
    ...(reordered ? [word.reordered] : []),
  ]
}

/** Many parameters often change in one way: it is said once. */
function alike(
  changed: NonNullable<Changes['changed']>,
  language: keyof Texts,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, readonly string[]>()
  for (const [name, aspects] of Object.entries(changed)) {
    const text = aspectTexts(aspects, language)
    groups.set(text, [...(groups.get(text) ?? []), name])
  }
  return groups
}

function aspectTexts(aspects: Aspects, language: keyof Texts): string {
  const texts = (Object.entries(aspects) as [Aspect, NonNullable<Aspects[Aspect]>][]).map(([aspect, values]) => {
    const [before = null, after = null] = values
    if (isFlag(aspect)) return (after === null ? flags[aspect].before : flags[aspect].now)[language]
    const label = labels[aspect][language]
    if (values.length === 0) return words[language].changed(label)
    return words[language].from(label, valueText(aspect, before, language), valueText(aspect, after, language))
  })
  return texts.join(words[language].and)
}

function isFlag(aspect: Aspect): aspect is keyof typeof flags {
  return aspect in flags
}

function valueText(aspect: Aspect, value: string | null, language: keyof Texts): string {
  if (aspect === 'empty') return emptyTexts[value ?? 'none']?.[language] ?? String(value)
  return value === null ? words[language].none : `\`${value}\``
}
