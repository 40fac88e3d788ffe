/**
 * What a text of a request, of the store and of an answer must not hold: control characters but tab, line feed and
 * carriage return, `U+FFFE`, `U+FFFF` and unpaired surrogates. XML 1.0 has no way to write them, not even escaped; SQLite
 * returns only what stands before a NUL, and PostgreSQL refuses one.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about.
const unwritable = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/u
const everyUnwritable = new RegExp(unwritable, 'gu')

/** Whether both stores keep the text whole and both formats of an answer carry it. */
export function isWritable(text: string): boolean {
  return !unwritable.test(text)
}

/** The text with `U+FFFD` in place of each character that cannot be written. */
export function writable(text: string): string {
  return text.replace(everyUnwritable, '\ufffd')
}
