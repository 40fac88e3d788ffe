import { isCriticalTag, siteTags } from '@opensag/rules'

/** As the API tells one. */
export interface Tag {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

/** One that is to be sent. */
interface WholeTag {
  readonly Key: string
  readonly Value: string
}

interface Tagged {
  readonly Tags?: readonly Tag[] | undefined
}

/** `env=prod`, and `critical` where there is no value. */
export function tagText({ Key = '', Value = '' }: Tag): string {
  return Value === '' ? Key : `${Key}=${Value}`
}

export function valueOfTag({ Tags = [] }: Tagged, key: string): string | undefined {
  return Tags.find(({ Key }) => Key === key)?.Value
}

export function isCritical({ Tags = [] }: Tagged): boolean {
  return Tags.some(({ Key = '', Value = '' }) => isCriticalTag(Key, Value))
}

/** Whom one calls: they say nothing that rows are told apart by. */
const ofPeople: ReadonlySet<string> = new Set([siteTags.contact, siteTags.phone])

/** Those that are shown in a row. */
export function chipsOf({ Tags = [] }: Tagged): readonly Tag[] {
  return Tags.filter(({ Key = '' }) => !ofPeople.has(Key))
}

/** The keys that rows have, the most frequent first. */
export function keysIn(rows: readonly Tagged[], most = 12): readonly string[] {
  return mostFrequent(rows.flatMap((row) => chipsOf(row).map(({ Key = '' }) => Key)))
    .slice(0, most)
    .map(([key]) => key)
}

/** The tags that rows have, with how many have each, the most frequent first. */
export function tagsIn(rows: readonly Tagged[], most = 60): readonly (readonly [text: string, count: number])[] {
  return mostFrequent(rows.flatMap((row) => chipsOf(row).map(tagText))).slice(0, most)
}

/** Each of the texts with how often it stands there, the most frequent first. */
export function mostFrequent(texts: readonly string[]): readonly (readonly [text: string, count: number])[] {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
}

/** The address of a call, where the text is a number that can be called. */
export function callAddress(phone: string | undefined): string | undefined {
  const number = phone?.trim() ?? ''
  if (!/^\+?[\d\s()./-]{3,40}$/.test(number) || !/\d{3}/.test(number.replace(/\D/g, ''))) return undefined
  return `tel:${number.startsWith('+') ? '+' : ''}${number.replace(/\D/g, '')}`
}

/** Where the site of an instance is called, as an address; and whom one asks for there, where its tags say it. */
export function phoneOf(row: Tagged): string | undefined {
  return callAddress(valueOfTag(row, siteTags.phone))
}

export function whomToCall(row: Tagged): string | undefined {
  return valueOfTag(row, siteTags.contact) || valueOfTag(row, siteTags.site)
}

/** One tag a line, `key=value` or only a key; undefined where a line is none that the API takes, or a key stands twice. */
export function tagsTyped(text: string): readonly WholeTag[] | undefined {
  const tags: WholeTag[] = []
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue
    const at = line.indexOf('=')
    const Key = (at < 0 ? line : line.slice(0, at)).trim()
    const Value = at < 0 ? '' : line.slice(at + 1).trim()
    if (!isTagText(Key) || Key === '' || !isTagText(Value)) return undefined
    tags.push({ Key, Value })
  }
  return tags.length <= mostTags && new Set(tags.map(({ Key }) => Key)).size === tags.length ? tags : undefined
}

/** Keys, with commas or lines between them. */
export function keysTyped(text: string): readonly string[] | undefined {
  const keys = [...new Set(text.split(/[\n,]/).map((one) => one.trim()))].filter(Boolean)
  return keys.length <= mostTags && keys.every(isTagText) ? keys : undefined
}

/** As the API bounds them. */
const mostTags = 20

function isTagText(text: string): boolean {
  return [...text].length <= 128 && !/^(aliyun|acs:)|https?:\/\//i.test(text)
}

/** What turns the tags that are there into those that are wanted: what to give, and which keys to take away. */
export function tagChanges(before: readonly Tag[], wanted: readonly WholeTag[]) {
  const had = new Map(before.map(({ Key = '', Value = '' }) => [Key, Value]))
  const stays = new Set(wanted.map(({ Key }) => Key))
  const give = wanted.filter(({ Key, Value }) => had.get(Key) !== Value)
  const isNew = ({ Key }: WholeTag): boolean => !had.has(Key)
  return {
    give,
    take: [...had.keys()].filter((key) => !stays.has(key)),
    /** Where there is room for it: a second call that is refused then takes nothing away. */
    givesFirst: had.size + give.filter(isNew).length <= mostTags,
  }
}

/** Whether a tag can be written as a line; the API takes line breaks and outer spaces, which a form would not keep. */
function isTypable({ Key = '', Value = '' }: Tag): boolean {
  const [typed, ...more] = tagsTyped(tagText({ Key, Value })) ?? []
  return more.length === 0 && typed?.Key === Key && typed.Value === Value
}

/** The parts of a form about tags: what is known by name, and the others one a line. */
interface TagForm {
  readonly site: string
  readonly contact: string
  readonly phone: string
  readonly critical: boolean
  readonly others: string
}

const named: readonly string[] = Object.values(siteTags)

/** Those that have no field of their own. */
export function otherTags({ Tags = [] }: Tagged): readonly Tag[] {
  return Tags.filter(({ Key = '' }) => !named.includes(Key))
}

export function formOf(row: Tagged): TagForm {
  const value = (key: string): string => valueOfTag(row, key) ?? ''
  return {
    site: value(siteTags.site),
    contact: value(siteTags.contact),
    phone: value(siteTags.phone),
    critical: isCritical(row),
    others: otherTags(row).filter(isTypable).map(tagText).join('\n'),
  }
}

/** The tags that a form says; undefined where it says some that cannot be. What is critical stays as it was written. */
export function tagsOfForm(form: TagForm, row: Tagged): readonly WholeTag[] | undefined {
  const others = tagsTyped(form.others)
  if (others === undefined || others.some(({ Key }) => named.includes(Key))) return undefined
  const texts = [
    [siteTags.site, form.site],
    [siteTags.contact, form.contact],
    [siteTags.phone, form.phone],
  ] as const
  const known = texts.flatMap(([Key, text]) => {
    // What nobody has touched stays to the letter.
    const Value = text === valueOfTag(row, Key) ? text : text.trim()
    return Value.trim() === '' ? [] : [{ Key, Value }]
  })
  if (!known.every(({ Value }) => isTagText(Value))) return undefined
  const was = valueOfTag(row, siteTags.critical)
  // One whose value says no stays as it is, until it is marked.
  const says = form.critical ? (isCritical(row) ? was : '') : isCritical(row) ? undefined : was
  const typed = new Set(others.map(({ Key }) => Key))
  const untyped = otherTags(row).flatMap((tag) =>
    isTypable(tag) || typed.has(tag.Key ?? '') ? [] : [{ Key: tag.Key ?? '', Value: tag.Value ?? '' }],
  )
  const all = [
    ...known,
    ...untyped,
    ...(says === undefined ? [] : [{ Key: siteTags.critical, Value: says }]),
    ...others,
  ]
  return all.length <= mostTags ? all : undefined
}
