import type { OperationEntry } from '@opensag/rules'
import { keptList } from '../app/kept-list.ts'

/** What a form holds, by the names of its fields: values of JSON. */
export type Fields = Readonly<Record<string, unknown>>

/** What was typed into one form about one thing, and not sent. */
export interface KeptDraft {
  readonly form: string
  /** Empty for a form of something new. */
  readonly object: string
  /** When it was typed, by the clock of the server. */
  readonly at: number
  /** Only what differs from what the form opened with, and never a secret. */
  readonly fields: Fields
  /** What these fields held when somebody began to type. */
  readonly over: Fields
}

/** Forms whose draft stays as long as the tab, and is not pushed out: it says what was ordered already. */
const lasting: ReadonlySet<string> = new Set(['branch'])

export const mostDrafts = 20
/** Characters of one draft. */
export const longestDraft = 32_768
export const keptMs = 24 * 60 * 60_000

/** The drafts in what a tab has kept, the newest first. Whatever else is found there is none: an older page may have written it. */
export function readDrafts(text: string, now: number): readonly KeptDraft[] {
  if (text.length > mostDrafts * (longestDraft + 1) + 2) return []
  return keptList(text)
    .filter(isDraft)
    .filter((one) => isFresh(one, now))
    .slice(0, mostDrafts)
}

export function draftOf(drafts: readonly KeptDraft[], form: string, object: string): KeptDraft | undefined {
  return drafts.find((one) => one.form === form && one.object === object)
}

export function withoutDraft(drafts: readonly KeptDraft[], form: string, object: string): readonly KeptDraft[] {
  return drafts.filter((one) => one.form !== form || one.object !== object)
}

/** The draft takes the place of its former state. Without fields, and too long, there is none: half of a text would be a wrong one. */
export function withDraft(drafts: readonly KeptDraft[], draft: KeptDraft): readonly KeptDraft[] {
  const others = withoutDraft(drafts, draft.form, draft.object)
  const isKept = Object.keys(draft.fields).length > 0 && JSON.stringify(draft).length <= longestDraft
  if (!isKept) return others
  const stay = others.filter(({ form }) => lasting.has(form))
  const rest = others.filter(({ form }) => !lasting.has(form))
  return [draft, ...stay, ...rest].slice(0, mostDrafts)
}

/** The fields that somebody changed, without the secrets among them. */
export function changedFields(now: Fields, opened: Fields, secrets: ReadonlySet<string>): Fields {
  return Object.fromEntries(
    Object.entries(now).filter(([name, value]) => !secrets.has(name) && !isSame(value, opened[name])),
  )
}

/** The parameters that a draft never holds, as the operation declares them. */
export function secretsOf({ params }: OperationEntry): ReadonlySet<string> {
  return new Set(params.filter(({ secret }) => secret).map(({ name }) => name))
}

/**
 * What of a draft still fits into the form: a field it has, a value of the same kind as it opened with, and no field that somebody
 * else has changed since, whose change it would undo.
 */
export function fittingFields<T extends object>(
  { fields, over }: Pick<KeptDraft, 'fields' | 'over'>,
  opened: T,
): Partial<T> {
  const known = opened as Fields
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => Object.hasOwn(known, name) && isAlike(value, known[name]) && isSame(over[name], known[name]),
    ),
  ) as Partial<T>
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function isAlike(found: unknown, opened: unknown): boolean {
  if (Array.isArray(opened)) return Array.isArray(found) && found.every(isText)
  if (!isRecord(opened)) return typeof found === typeof opened && !isRecord(found) && found !== null
  return isRecord(found) && Object.entries(opened).every(([name, value]) => isAlike(found[name], value))
}

/** A text, or a list of texts such as a tag. */
function isText(item: unknown): boolean {
  return typeof item === 'string' || (Array.isArray(item) && item.every((part) => typeof part === 'string'))
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isDraft(found: unknown): found is KeptDraft {
  if (!isRecord(found)) return false
  const { form, object, at, fields, over } = found
  const isNamed = typeof form === 'string' && typeof object === 'string'
  const isWhole = isRecord(fields) && isRecord(over)
  return isNamed && typeof at === 'number' && isWhole && JSON.stringify(found).length <= longestDraft
}

/** Of a draft of the future the clock was wrong. */
function isFresh({ at, form }: KeptDraft, now: number): boolean {
  return lasting.has(form) || Math.abs(now - at) <= keptMs
}
