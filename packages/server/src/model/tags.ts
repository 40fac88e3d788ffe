/** How many tags a resource or a filter has at most (D). */
export const tagLimit = 20

/** Pairs in the order of their keys, none of which is there twice: a key may be any text, so this is no object. */
export type Tags = readonly (readonly [key: string, value: string])[]

/** With these: a key that is there gets the new value. */
export function withTags(tags: Tags, given: Tags): Tags {
  return [...new Map([...tags, ...given])].sort(byKey)
}

/** Without these keys; one that is not there changes nothing. */
export function withoutTags(tags: Tags, keys: readonly string[]): Tags {
  return tags.filter(([key]) => !keys.includes(key))
}

/** Whether all of these are there, with these values. */
export function hasTags(tags: Tags, wanted: Tags): boolean {
  const values = new Map(tags)
  return wanted.every(([key, value]) => values.get(key) === value)
}

/** As people write it: `env=prod`, and `critical` where there is no value. */
export function tagText([key, value]: Tags[number]): string {
  return value === '' ? key : `${key}=${value}`
}

/** One tag as the store keeps it among others. */
export function tagJson([key, value]: Tags[number]): string {
  return JSON.stringify([key, value])
}

/** By code, as every node and every database orders them. */
function byKey([one]: Tags[number], [other]: Tags[number]): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** Prefixes the platform keeps for itself, and addresses (C: the platform's general rules for tags). */
const reserved = /^(aliyun|acs:)|https?:\/\//i

/** Keys: 1–128 characters, without reserved words. */
export function isTagKey(text: string | undefined): boolean {
  return text !== undefined && [...text].length <= 128 && !reserved.test(text)
}

/** Values: up to 128 characters, or none at all. */
export function isTagValue(text: string | undefined): boolean {
  return text === undefined || ([...text].length <= 128 && !reserved.test(text))
}
