import { type Param, text } from '../declare/index.ts'

// Lists that are told part by part: a token names the last entry shown, so that the next part begins behind it.

/** @param read what the token says; undefined when it is none of ours */
export function nextToken<T>(read: (token: string) => T, example: string): Param<NonNullable<T> | undefined> {
  return text().readsAs(read).example(example).about('Where the previous answer ended.', '上一次返回的 NextToken。')
}

/**
 * A page of what was found, where at least one entry more than a page has was looked for: whether it is there says whether more
 * follow.
 *
 * @param token names the last entry shown, so that the next page begins behind it
 */
export function pageOf<T>(
  found: readonly T[],
  most: number,
  token: (last: T) => string,
): {
  readonly shown: readonly T[]
  readonly more: { readonly MaxResults: number; readonly NextToken: string | undefined }
} {
  const shown = found.slice(0, most)
  const last = shown.at(-1)
  const NextToken = found.length > most && last !== undefined ? token(last) : undefined
  return { shown, more: { MaxResults: most, NextToken } }
}

export function tokenOf(place: number | string): string {
  return Buffer.from(String(place)).toString('base64url')
}

/** What such a token says. It may be anything: callers look whether it is one of theirs. */
export function placeIn(token: string): string {
  return Buffer.from(token, 'base64url').toString()
}
