import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { isLoopback } from './listen-protection.ts'
import { publicUrlMistake } from './public-url.ts'
import type { OwnAddresses } from './rpc/called.ts'
import type { Certificate, ServerOptions } from './server-options.ts'

export { calledSite } from './called-site.ts'

type Listening = Pick<ServerOptions, 'host' | 'tls' | 'trustedProxies' | 'publicUrl'>

/** Whether programs on this machine reach it by its own URL without TLS. */
export function isOpenOnLoopback({ host, tls, trustedProxies = [] }: Listening): boolean {
  return isLoopback(host) && tls === undefined && trustedProxies.length === 0
}

export function urlOf({ host, tls }: Listening, port: number): string {
  return `${tls ? 'https' : 'http'}://${hostAndPort(host, port)}`
}

function hostAndPort(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Where gateways find it. Every address, or one behind a proxy, is none that a gateway can be told. */
export function channelUrlOf(options: Listening, port: number): string | undefined {
  if (options.publicUrl !== undefined) return new URL(options.publicUrl).origin.replace(/^http/, 'ws')
  if (['0.0.0.0', '::'].includes(options.host) || (options.trustedProxies ?? []).length > 0) return undefined
  return urlOf(options, port).replace(/^http/, 'ws')
}

/** The addresses of a server that may learn its port and be given another certificate. */
export interface OwnAddressBook extends OwnAddresses {
  listensOn(port: number): void
  certifiedBy(certificate: Certificate): void
}

/** @throws when the public URL is none. */
export function ownAddresses({ host, port, tls, publicUrl }: Listening & { readonly port: number }): OwnAddressBook {
  const mistake = publicUrl === undefined ? undefined : publicUrlMistake(publicUrl)
  if (mistake !== undefined) throw new Error(mistake)
  const url = publicUrl === undefined ? undefined : new URL(publicUrl)
  let endpoint = hostAndPort(host, port)
  let isOwnName = tls && namesOf(tls)
  return {
    publicAddress: url && { host: url.hostname, address: url.host, base: url.origin },
    get endpoint() {
      return endpoint
    },
    listensOn(found) {
      endpoint = hostAndPort(host, found)
    },
    isOwnName: (name) => isOwnName?.(name) ?? false,
    certifiedBy(certificate) {
      isOwnName = namesOf(certificate)
    },
  }
}

/** Names are few, but anybody may ask for any. */
const mostNames = 100

/** Whether a certificate is one of a name. What was asked is remembered: each call asks. */
function namesOf({ cert }: Certificate): (name: string) => boolean {
  const certificate = new X509Certificate(cert)
  const known = new Map<string, boolean>()
  return (name) => {
    const found = known.get(name)
    if (found !== undefined) return found
    const address = name.replace(/^\[(.*)\]$/, '$1')
    const isNamed = (isIP(address) === 0 ? certificate.checkHost(name) : certificate.checkIP(address)) !== undefined
    if (known.size < mostNames) known.set(name, isNamed)
    return isNamed
  }
}
