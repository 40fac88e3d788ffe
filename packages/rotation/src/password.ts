/** D: the one rule both operations publish. */
const rule = /^[A-Za-z0-9_]{8,30}$/
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_'

export const shortestPassword = 8
export const longestPassword = 30
/** Some 143 bits. */
export const usualPasswordLength = 24

export function isLawfulPassword(text: string): boolean {
  return rule.test(text)
}

/**
 * A password in which every character of the rule is equally likely at every place.
 * @param random so many bytes of a secure source
 */
export function makePassword(random: (bytes: number) => Uint8Array, length: number = usualPasswordLength): string {
  if (!Number.isInteger(length) || length < shortestPassword || length > longestPassword) {
    throw new RangeError(`A password has ${shortestPassword} to ${longestPassword} characters.`)
  }
  let text = ''
  while (text.length < length) {
    for (const byte of random(length)) {
      // Six bits name 64 characters and there are 63: the one too many is thrown again, or some would be likelier.
      text += alphabet[byte & 63] ?? ''
      if (text.length === length) break
    }
  }
  return text
}
