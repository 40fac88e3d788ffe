/** What policies call resources of one type: `*` stands for any characters, `?` for one. */
export interface NamePattern {
  readonly region: string
  readonly id: string
}

/** What is in one of `patterns`, in none of one of `exceptions`, or one of `tagged`. */
export interface Names {
  readonly patterns: readonly NamePattern[]
  readonly exceptions: readonly (readonly NamePattern[])[]
  readonly tagged: readonly Tagged[]
}

/** What is in one of `names`, or with `not` in none of them, and has such tags. */
export interface Tagged {
  readonly names: readonly NamePattern[]
  readonly not: boolean
  readonly tests: readonly TagTest[]
}

/** Has one of `anyOf`, or, where it is given, none of `noneOf`; tags as `tagJson` writes them. */
export interface TagTest {
  readonly anyOf: readonly string[]
  readonly noneOf?: readonly string[] | undefined
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
