/**
 * Names: 2–128 characters, the first a letter or Chinese character, then letters, digits, Chinese characters, `.`, `_`
 * and `-` (D; the Chinese page adds the Chinese characters). No colon is allowed, so no address either.
 */
export function isName(text: string): boolean {
  return /^[A-Za-z\u4e00-\u9fa5][A-Za-z0-9\u4e00-\u9fa5._-]{1,127}$/.test(text)
}

/** Descriptions: 2–256 characters, the first a letter or Chinese character, not starting as an address does (D). */
export function isDescription(text: string): boolean {
  const length = [...text].length
  return length >= 2 && length <= 256 && /^[A-Za-z\u4e00-\u9fa5]/.test(text) && !/^https?:\/\//i.test(text)
}

/** A name to give a new remote user (D): 7–33 characters. */
export function isNewUserName(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_@.-]{6,32}$/.test(text)
}

/** Letters, digits, `_ . -` around one `@`; 2–64 (D). */
export function isMail(text: string): boolean {
  return text.length <= 64 && /^[A-Za-z0-9_.-]+@[A-Za-z0-9_.-]+$/.test(text)
}
