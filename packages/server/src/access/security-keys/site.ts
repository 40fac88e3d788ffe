import { isIP } from 'node:net'

/** The console as a browser sees it, for security keys. */
export interface Site {
  /** `https://sag.example.com`. */
  readonly origin: string
  /** The host of it, which a key is bound to (WebAuthn: RP ID). */
  readonly rpId: string
}

/**
 * Undefined where browsers have no security keys: at an address in place of a name, and without TLS unless the server is on
 * the machine of the browser (WebAuthn 5.1.3, secure contexts).
 * @param address host and port, as the server trusts them
 */
export function siteAt({ address, secure }: { readonly address: string; readonly secure: boolean }): Site | undefined {
  const text = `${secure ? 'https' : 'http'}://${address}`
  if (!URL.canParse(text)) return undefined
  // A default port is none in an origin, and a host is in lower case.
  const { origin, hostname } = new URL(text)
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return undefined
  if (!secure && hostname !== 'localhost' && !hostname.endsWith('.localhost')) return undefined
  return { origin, rpId: hostname }
}
