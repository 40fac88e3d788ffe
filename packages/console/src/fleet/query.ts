/** What may stand before a colon in the filter of the fleet. */
export const queryKeys = [
  'state',
  'region',
  'network',
  'kind',
  'version',
  'model',
  'password',
  'id',
  'serial',
  'address',
  'tag',
  'site',
  'is',
] as const

export type QueryKey = (typeof queryKeys)[number]

interface Term {
  readonly key: QueryKey
  /** In lower case; one of them must be true. */
  readonly values: readonly string[]
}

/** Every term and every word must be true. */
export interface Query {
  readonly terms: readonly Term[]
  /** In lower case. */
  readonly words: readonly string[]
}

/** `state:offline,degraded network:"retail south" shop`: text with a colon that is no key of ours is a word. */
export function parseQuery(text: string): Query {
  const terms: Term[] = []
  const words: string[] = []
  for (const part of partsOf(text)) {
    const key = keyIn(part)
    if (key === undefined) words.push(unquoted(part).toLowerCase())
    else terms.push({ key, values: valuesIn(part.slice(key.length + 1)) })
  }
  return { terms, words: words.filter(Boolean) }
}

/** The value of a key where the text has one value of it: what a choice beside the text shows. */
export function valueFor(text: string, key: QueryKey): string | undefined {
  const values = partsOf(text)
    .filter((part) => keyIn(part) === key)
    .flatMap((part) => valuesIn(part.slice(key.length + 1)))
  return values.length === 1 ? values[0] : undefined
}

/** The text with this value of a key in the place of the others; without a value, with none. */
export function withValue(text: string, key: QueryKey, value: string | undefined): string {
  const rest = partsOf(text).filter((part) => keyIn(part) !== key)
  return [...rest, ...(value === undefined ? [] : [term(key, value)])].join(' ')
}

export function term(key: QueryKey, value: string): string {
  return /[\s,"]/.test(value) ? `${key}:"${value.replaceAll('"', '')}"` : `${key}:${value}`
}

/** Words and terms as they are written. A quote that is not closed yet goes to the end. */
export function partsOf(text: string): readonly string[] {
  return text.match(/(?:"[^"]*"?|[^\s"])+/g) ?? []
}

function keyIn(part: string): QueryKey | undefined {
  const [before = '', after] = part.split(':', 2)
  return after === undefined ? undefined : queryKeys.find((key) => key === before.toLowerCase())
}

function valuesIn(text: string): readonly string[] {
  const values = text.match(/(?:"[^"]*"?|[^,"])+/g) ?? []
  return values.map((value) => unquoted(value).toLowerCase()).filter(Boolean)
}

function unquoted(text: string): string {
  return text.replaceAll('"', '')
}
