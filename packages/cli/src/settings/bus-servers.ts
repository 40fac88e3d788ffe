export interface BusServers {
  readonly isTls: boolean
  /** `host:port`. */
  readonly servers: readonly string[]
}

const defaultPort = '4222'

/**
 * The servers of NATS that a setting names: `tls://a,b:4223`, where the first scheme is that of all which have none.
 *
 * @throws Error that says what is wrong, without repeating what may be a password
 */
export function busServers(named: readonly string[]): BusServers {
  const [first = ''] = named
  const scheme = /^[a-z]+:\/\//.exec(first)?.[0]
  if (scheme !== 'nats://' && scheme !== 'tls://') {
    throw new Error('names no servers of NATS. Write tls://a.example.com,b.example.com.')
  }
  const servers = named.map((one) => {
    const text = one.includes('://') ? one : scheme + one
    if (!text.startsWith(scheme))
      throw new Error(`names some servers with ${scheme} and others without. Use one for all.`)
    const url = URL.canParse(text) ? new URL(text) : undefined
    if (url === undefined || url.hostname === '') throw new Error('has a server that is no host, or host:port.')
    if (url.username !== '' || url.password !== '') {
      throw new Error('holds a name or password. Leave it out, and name the file of an NKey seed with --bus-seed-file.')
    }
    if (!['', '/'].includes(url.pathname)) throw new Error('has a server with a path. Name host and port only.')
    return `${url.hostname}:${url.port || defaultPort}`
  })
  return { isTls: scheme === 'tls://', servers }
}
