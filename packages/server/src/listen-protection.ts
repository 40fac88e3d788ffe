import { isIP } from 'node:net'

/**
 * Tells what is missing for a server to listen on a host, and how to put that right. Requests can hold passwords in the clear:
 * beyond this machine they travel under TLS or not at all.
 */
export function missingProtection(listening: {
  readonly host: string
  readonly hasTls: boolean
  readonly hasProxy: boolean
}): string | undefined {
  const { host, hasTls, hasProxy } = listening
  if (isLoopback(host) || hasTls || hasProxy) return undefined
  return (
    `Listening on ${host} needs TLS, because requests hold passwords. Give a certificate (--tls-cert, --tls-key), or name ` +
    'the proxy that ends TLS (--trusted-proxy), or listen on 127.0.0.1 only (--host).'
  )
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
