/** What a provider sends a browser back with when it cannot log anybody on now (RFC 6749, 4.1.2.1). */
const awayWords: ReadonlySet<unknown> = new Set(['server_error', 'temporarily_unavailable'])

/**
 * Whether a provider did not answer, or only said that it cannot now, or not to this server: what it said proves nothing, and whoever
 * logs on is not to blame for it.
 */
export function isUnavailable(error: unknown): boolean {
  const errors = chainOf(error)
  return errors.some((one) => {
    const { code, status, cause, error: said } = one as Error & Readonly<Record<'code' | 'status' | 'error', unknown>>
    if (code === 'OAUTH_TIMEOUT' || one.name === 'TimeoutError' || awayWords.has(said)) return true
    if (isOfItself(status) || (cause instanceof Response && isOfItself(cause.status))) return true
    // What `fetch` fails with.
    return one instanceof TypeError && (cause as { readonly code?: unknown } | undefined)?.code !== undefined
  })
}

/** It has failed, is asked too often, or does not know this server: the secret of the settings is wrong. */
function isOfItself(status: unknown): boolean {
  return typeof status === 'number' && (status >= 500 || status === 429 || status === 401)
}

function chainOf(error: unknown): readonly Error[] {
  const errors: Error[] = []
  for (let one = error; one instanceof Error && errors.length < 5; one = one.cause) errors.push(one)
  return errors
}

/** Why, for the log: names of errors and codes, nothing that was sent. */
export function causeOf(error: unknown): string {
  const parts = chainOf(error)
    .slice(0, 3)
    .map((one) => {
      const { code, error: said } = one as Error & { readonly code?: unknown; readonly error?: unknown }
      const words = [one.message, code, said].filter((word) => typeof word === 'string' && word !== '')
      return [...new Set(words)].join(' ')
    })
  return parts.join(': ').slice(0, 500)
}
