/**
 * What is never put into a program as it is: controls, invisible and direction-changing characters, other spaces than
 * the plain one. They are escaped, so that a program reads as it runs.
 */
const unusual = /^[\p{C}\p{Zl}\p{Zp}\p{Zs}]$/u

/**
 * A text between the quotes of a language.
 *
 * @param special what has a meaning between these quotes, and what is written for it
 * @param escapeCode what is written for an unusual character
 */
export function quoted(
  text: string,
  quote: string,
  special: Readonly<Record<string, string>>,
  escapeCode: (codePoint: number) => string,
): string {
  let out = ''
  for (const char of text) {
    if (Object.hasOwn(special, char)) out += special[char]
    else if (char !== ' ' && unusual.test(char)) out += escapeCode(char.codePointAt(0) ?? 0)
    else out += char
  }
  return quote + out + quote
}

export function hex(codePoint: number, digits: number): string {
  return codePoint.toString(16).padStart(digits, '0')
}

/** `\u` with four digits or `\U` with eight, as several languages have it. */
export function longEscape(codePoint: number): string {
  return codePoint > 0xff_ff ? `\\U${hex(codePoint, 8)}` : `\\u${hex(codePoint, 4)}`
}

export const lineEscapes = { '\n': '\\n', '\r': '\\r', '\t': '\\t' } as const
