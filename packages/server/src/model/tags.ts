/** How many tags a filter has at most (D). */
export const tagLimit = 20

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
