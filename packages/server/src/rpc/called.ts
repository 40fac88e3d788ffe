import type { IncomingHttpHeaders } from 'node:http'
import type { Called } from './encode.ts'

/** What a server knows of the addresses that clients reach it by. */
export interface OwnAddresses {
  /** Host and port it listens on. */
  readonly endpoint: string
  /** Where clients reach it, as its operator says. Then no request is asked. */
  readonly publicAddress?: Called | undefined
  /** Whether a name, in lower case, is one of this server's besides the host it listens on. */
  readonly isOwnName?: ((name: string) => boolean) | undefined
  /**
   * The host the client called, where a trusted proxy rewrites `Host`: signature V3 covers it. `undefined` means that
   * the header is right.
   */
  readonly originalHost?: ((headers: IncomingHttpHeaders) => string | undefined) | undefined
}

export interface Asked {
  readonly headers: IncomingHttpHeaders
  /** Whether the client called over TLS. */
  readonly secure: boolean
  /** The address of this machine that the connection came in on. */
  readonly localAddress?: (() => string | undefined) | undefined
}

const form = /^(?<name>[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?<port>:\d{1,5})?$/
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/**
 * The address the client called, for the answer's `HostId`, its link and the endpoints in answers. Anybody can write any
 * host into a request: a name that is none of this server's is not repeated, because the link would be one of another site.
 */
export function calledAddress({ headers, secure, localAddress }: Asked, own: OwnAddresses): Called {
  if (own.publicAddress !== undefined) return own.publicAddress
  const vouched = own.originalHost?.(headers)
  const host = vouched ?? headers.host
  const name = host === undefined ? undefined : nameIn(host)
  const isOurs = name !== undefined && (vouched !== undefined || isOwn(name.toLowerCase(), own, localAddress))
  return isOurs && host !== undefined ? addressed(host, name, secure) : ownAddress(own, secure, localAddress)
}

function isOwn(name: string, { endpoint, isOwnName }: OwnAddresses, localAddress: Asked['localAddress']): boolean {
  return (
    loopback.test(name) || name === nameIn(endpoint) || isOwnName?.(name) === true || name === inUrl(localAddress?.())
  )
}

/** Without a name to go by: where it listens; where that is every address, the one that the connection came in on. */
function ownAddress({ endpoint }: OwnAddresses, secure: boolean, localAddress: Asked['localAddress']): Called {
  const { name = '', port = '' } = form.exec(endpoint)?.groups ?? {}
  const reached = name === '0.0.0.0' || name === '[::]' ? (inUrl(localAddress?.()) ?? name) : name
  return addressed(`${reached}${port}`, reached, secure)
}

function addressed(address: string, host: string, secure: boolean): Called {
  return { host, address, base: `${secure ? 'https' : 'http'}://${address}` }
}

function nameIn(host: string): string | undefined {
  return form.exec(host)?.groups?.name
}

/** An address of a socket as a URL has it: IPv4 seen by a socket of IPv6 is IPv4. */
function inUrl(address: string | undefined): string | undefined {
  if (address === undefined) return undefined
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  return plain.includes(':') ? `[${plain}]` : plain
}
