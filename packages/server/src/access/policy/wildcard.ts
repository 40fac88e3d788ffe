/**
 * A pattern in which `*` stands for any run of characters, also none, and `?` for exactly one. There is no way to mean a
 * literal `*` or `?`: none is documented.
 */
export interface Wildcard {
  /** The text before the first `*` or `?`: whatever matches begins with it. */
  readonly prefix: string
  /** Whether the prefix is the whole pattern. */
  readonly literal: boolean
  matches(text: string): boolean
}

/**
 * Each part between two stars is looked for once, from the left, and never again: the first place where it fits leaves
 * most room for what follows, so nothing is ever tried twice. However many stars, the cost stays within the length of
 * the text times the length of its longest part; a regular expression could need exponential time for the same answer.
 */
export function compileWildcard(pattern: string): Wildcard {
  const wild = pattern.search(/[*?]/)
  if (wild === -1) return { prefix: pattern, literal: true, matches: (text) => text === pattern }
  const prefix = pattern.slice(0, wild)
  if (wild === pattern.length - 1 && pattern[wild] === '*') {
    return { prefix, literal: false, matches: prefix === '' ? () => true : (text) => text.startsWith(prefix) }
  }
  const parts = pattern.split('*')
  const first = parts[0] ?? ''
  const last = parts.at(-1) ?? ''
  const between = parts.slice(1, -1).filter((part) => part !== '')
  return {
    prefix,
    literal: false,
    matches(text) {
      let at = endOf(first, text, 0)
      if (parts.length === 1) return at === text.length
      for (const part of between) {
        if (at === -1) return false
        at = findFrom(part, text, at)
      }
      return at !== -1 && endsWith(last, text, at)
    },
  }
}

const anyCharacter = '?'.charCodeAt(0)

/** Where a part that begins at `at` ends, or -1 when it is not there. */
function endOf(part: string, text: string, at: number): number {
  if (!part.includes('?')) return text.startsWith(part, at) ? at + part.length : -1
  let end = at
  // Unit by unit: whoever writes a policy decides how often this runs.
  for (let index = 0; index < part.length; index++) {
    if (end >= text.length) return -1
    const unit = part.charCodeAt(index)
    // One character, which may take two code units.
    if (unit === anyCharacter) end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1
    else if (text.charCodeAt(end) === unit) end += 1
    else return -1
  }
  return end
}

/** Where the first occurrence of a part at or behind `from` ends, or -1. */
function findFrom(part: string, text: string, from: number): number {
  if (!part.includes('?')) {
    const found = text.indexOf(part, from)
    return found === -1 ? -1 : found + part.length
  }
  for (let at = from; at < text.length; at++) {
    const end = endOf(part, text, at)
    if (end !== -1) return end
  }
  return -1
}

/** Whether a part stands at the end of the text, and nowhere before `from`. */
function endsWith(part: string, text: string, from: number): boolean {
  if (!part.includes('?')) return text.length - part.length >= from && text.endsWith(part)
  for (let at = from; at <= text.length; at++) {
    if (endOf(part, text, at) === text.length) return true
  }
  return false
}
