/** The fields of a urlencoded form. Undefined when a field is repeated: which one counts would be a matter of taste. */
export function parseForm(body: string): ReadonlyMap<string, string> | undefined {
  const fields = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(body)) {
    if (fields.has(name)) return undefined
    fields.set(name, value)
  }
  return fields
}

/** The value of one cookie; the first counts, as browsers send the most specific one first. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}
