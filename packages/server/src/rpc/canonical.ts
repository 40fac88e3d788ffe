import { wipeable } from '@opensag/protocol'

/** 1 for the bytes that percent-encoding leaves alone: `A–Z a–z 0–9 - _ . ~` (RFC 3986, unreserved). */
const unreserved = new Uint8Array(128)
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~') {
  unreserved[char.charCodeAt(0)] = 1
}

function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    // Beyond the table the lookup gives `undefined`, which is not plain either.
    if (unreserved[text.charCodeAt(i)] !== 1) return false
  }
  return true
}

/** What `encodeURIComponent` leaves alone and the signatures do not. */
const leftAlone = /[!'()*]/g
const hex = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase()}`

/** Percent-encoding of RFC 3986 over UTF-8, upper-case hex. The text must be well-formed Unicode. */
export function enc(text: string): string {
  return isPlain(text) ? text : encodeURIComponent(text).replace(leftAlone, hex)
}

/** `enc(enc(text))`, without looking at the text again: all that the first pass leaves to encode are its `%` signs. */
export function encTwice(text: string): string {
  return isPlain(text) ? text : encodeURIComponent(text).replace(leftAlone, hex).replaceAll('%', '%25')
}

/** `encTwice` of a text in UTF-8, without making it one. Whoever uses it wipes it. */
export function encTwiceBytes(utf8: Uint8Array): Uint8Array {
  let size = 0
  for (const byte of utf8) size += unreserved[byte] === 1 ? 1 : 5
  const encoded = wipeable(size)
  let to = 0
  for (const byte of utf8) {
    if (unreserved[byte] === 1) {
      encoded[to++] = byte
      continue
    }
    encoded.set(twicePercent, to)
    encoded[to + 3] = hexDigits[byte >> 4] as number
    encoded[to + 4] = hexDigits[byte & 15] as number
    to += 5
  }
  return encoded
}

const twicePercent = Buffer.from('%25')
const hexDigits = Buffer.from('0123456789ABCDEF')

/**
 * Names in the order of their UTF-8 bytes. Code units have the same order, except where one text has a surrogate (a
 * character beyond U+FFFF) and the other a code unit above the surrogates.
 */
export function sortByBytes(names: string[]): string[] {
  return names.some((name) => /[\ud800-\uffff]/.test(name))
    ? names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    : names.sort()
}
