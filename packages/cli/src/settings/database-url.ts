/** `postgres://` or `postgresql://`, as every program of PostgreSQL takes it. */
const schemes: ReadonlySet<string> = new Set(['postgres:', 'postgresql:'])

/** The URL of a database, taken apart; undefined when it is none. Never put its text into a sentence: it may hold a password. */
export function databaseUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && schemes.has(url.protocol) ? url : undefined
}

/** What the query of such a URL may name beside the user's part of it. */
const passwords = ['password', 'sslpassword']

export function holdsPassword(text: string): boolean {
  const url = databaseUrl(text)
  // What cannot be taken apart may hold one: `postgres://user:password@one,two/database`.
  if (url === undefined) return /:[^/@]*@|password=/i.test(text)
  return url.password !== '' || passwords.some((name) => url.searchParams.has(name))
}

/** For a person: without its passwords. */
export function withoutPassword(text: string): string {
  const url = databaseUrl(text)
  if (url === undefined) return 'no URL of a database'
  if (url.password !== '') url.password = '***'
  for (const name of passwords) if (url.searchParams.has(name)) url.searchParams.set(name, '***')
  return url.href
}
