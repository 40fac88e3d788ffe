/** What policies call resources of one type: `*` stands for any characters, `?` for one. */
export interface NamePattern {
  readonly region: string
  readonly id: string
}

/** What is in one of `patterns`, or in none of one of `exceptions`. */
export interface Names {
  readonly patterns: readonly NamePattern[]
  readonly exceptions: readonly (readonly NamePattern[])[]
}

/** What is allowed and not denied. */
export interface Visible {
  readonly allowed: Names
  readonly denied: Names
}

/** The part of a list that the caller may see: all of them must hold. A session with a policy of its own has two. */
export type Scope = readonly Visible[]

export function isWild(text: string): boolean {
  return /[*?]/.test(text)
}
