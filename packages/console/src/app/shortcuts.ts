/** What a key of the shell does. */
export type Command =
  | { readonly kind: 'search' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'go'; readonly screen: string }

/** `G` and then this letter goes to the screen. */
export const goKeys: Readonly<Record<string, string>> = {
  o: 'overview',
  f: 'fleet',
  n: 'networks',
  r: 'remote',
  j: 'jobs',
  a: 'alerts',
  c: 'access',
  u: 'audit',
  e: 'explorer',
}

export interface Pressed {
  readonly key: string
  readonly withControl: boolean
  readonly withAlt: boolean
  /** Where letters are text. */
  readonly isTyping: boolean
}

/** Milliseconds between `G` and the letter. */
const patience = 1500

/** The keys of the shell. Those without Ctrl can be switched off: people who dictate press letters without wanting to. */
export class Shortcuts {
  #goSince = Number.NEGATIVE_INFINITY

  press({ key, withControl, withAlt, isTyping }: Pressed, now: number, singleKeys: boolean): Command | undefined {
    if (withControl) return withAlt ? undefined : controlled(key, isTyping)
    if (isTyping || withAlt || !singleKeys) return undefined
    const letter = key.toLowerCase()
    if (now - this.#goSince <= patience) {
      this.#goSince = Number.NEGATIVE_INFINITY
      const screen = Object.hasOwn(goKeys, letter) ? goKeys[letter] : undefined
      if (screen !== undefined) return { kind: 'go', screen }
    }
    if (letter === 'g') this.#goSince = now
    if (key === '/') return { kind: 'search' }
    return key === '?' ? { kind: 'keys' } : undefined
  }
}

/** A capital letter is another shortcut: with Shift. Where one types, Ctrl Z is about what was typed. */
function controlled(key: string, isTyping: boolean): Command | undefined {
  if (key.toLowerCase() === 'k') return { kind: 'search' }
  return key === 'z' && !isTyping ? { kind: 'undo' } : undefined
}
