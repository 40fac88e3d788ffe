import { isIP } from 'node:net'

/** What the browser says of where a request goes and where it comes from. */
export interface Origins {
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly fetchSite: string | undefined
}

/**
 * Whether the request was meant for this console. A site on the internet can point a name of its own at the gateway's
 * address and have its visitor's browser talk to it; such a name has a dot. Addresses, and names that only a local
 * network knows, are the gateway's own.
 */
export function isOwnHost(host: string | undefined, ownNames: readonly string[]): boolean {
  const name = /^(\[[0-9a-fA-F:.]+\]|[^:[\]]+)(?::\d+)?$/.exec(host ?? '')?.[1]?.toLowerCase()
  if (name === undefined) return false
  if (name.startsWith('[')) return isIP(name.slice(1, -1)) === 6
  return isIP(name) === 4 || !name.includes('.') || name.endsWith('.local') || ownNames.includes(name)
}

/** Whether a form was sent by one of our own pages, or by a program: a program names no origin. */
export function isOwnForm({ host, origin, fetchSite }: Origins): boolean {
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') return false
  if (origin === undefined) return true
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host.toLowerCase()
}
