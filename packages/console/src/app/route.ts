/** Where the console is: the part of the address behind `#/`. */
export interface Route {
  readonly segments: readonly string[]
  readonly query: URLSearchParams
}

export function parseHash(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  return {
    segments: path.split('/').filter(Boolean).map(decode),
    query: new URLSearchParams(query),
  }
}

/** An address inside the console, as a link has it. */
export function href(segments: readonly string[], query: Readonly<Record<string, string | undefined>> = {}): string {
  const pairs = Object.entries(query).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
  )
  const search = pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
  return `#/${segments.map(encodeURIComponent).join('/')}${search}`
}

/** Somebody may have typed it. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch (error) {
    if (error instanceof URIError) return segment
    throw error
  }
}
