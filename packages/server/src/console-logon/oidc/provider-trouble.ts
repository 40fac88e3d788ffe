/** Whether a provider did not answer, or only said that it cannot now: what it said proves nothing, and says nothing against it. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, status, cause } = error as Error & { readonly code?: unknown; readonly status?: unknown }
  if (code === 'OAUTH_TIMEOUT') return true
  if (typeof status === 'number' && status >= 500) return true
  if (cause instanceof Response && cause.status >= 500) return true
  // What `fetch` fails with.
  return error instanceof TypeError && (cause as { readonly code?: unknown } | undefined)?.code !== undefined
}

/** Why, for the log: names of errors and codes, nothing that was sent. */
export function causeOf(error: unknown): string {
  const parts: string[] = []
  for (let one = error; one instanceof Error && parts.length < 3; one = one.cause) {
    const { code, error: said } = one as Error & { readonly code?: unknown; readonly error?: unknown }
    const words = [one.message, code, said].filter((word) => typeof word === 'string' && word !== '')
    parts.push([...new Set(words)].join(' '))
  }
  return parts.join(': ').slice(0, 500)
}
