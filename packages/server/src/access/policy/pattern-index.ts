import { compileWildcard } from './wildcard.ts'

/** Finds the entries whose pattern may match a text, without looking at the others. */
export interface PatternIndex<T> {
  add(pattern: string, entry: T): void
  /** Calls `visit` for every entry whose pattern matches the text, until it answers true; whether it did. */
  some(text: string, visit: (entry: T) => boolean): boolean
}

interface Pattern<T> {
  readonly matches: (text: string) => boolean
  readonly entries: T[]
}

interface Node<T> {
  readonly next: Map<string, Node<T>>
  readonly patterns: Pattern<T>[]
}

/**
 * Patterns without wildcard are found by one look-up; the others hang in a tree at the end of the text before their
 * first wildcard, so only those are tried whose beginning is right. Equal patterns are tried once for all their entries.
 */
export function createPatternIndex<T>(): PatternIndex<T> {
  const literals = new Map<string, T[]>()
  const known = new Map<string, Pattern<T>>()
  const root: Node<T> = { next: new Map(), patterns: [] }

  function nodeAt(prefix: string): Node<T> {
    let node = root
    for (const character of prefix) {
      const child = node.next.get(character) ?? { next: new Map(), patterns: [] }
      node.next.set(character, child)
      node = child
    }
    return node
  }

  return {
    add(pattern, entry) {
      const same = literals.get(pattern) ?? known.get(pattern)?.entries
      if (same !== undefined) {
        same.push(entry)
        return
      }
      const wildcard = compileWildcard(pattern)
      if (wildcard.literal) {
        literals.set(pattern, [entry])
        return
      }
      const added = { matches: wildcard.matches, entries: [entry] }
      known.set(pattern, added)
      nodeAt(wildcard.prefix).patterns.push(added)
    },
    some(text, visit) {
      if (literals.get(text)?.some(visit) === true) return true
      if (known.size === 0) return false
      const fits = ({ matches, entries }: Pattern<T>): boolean => matches(text) && entries.some(visit)
      let node: Node<T> | undefined = root
      if (node.patterns.some(fits)) return true
      for (const character of text) {
        node = node.next.get(character)
        if (node === undefined) return false
        if (node.patterns.some(fits)) return true
      }
      return false
    },
  }
}
