import { isLoopback } from './listen-protection.ts'
import type { ServerOptions } from './server-options.ts'

type Listening = Pick<ServerOptions, 'host' | 'tls' | 'trustedProxies'>

/** Whether programs on this machine reach it by its own URL without TLS. */
export function isOpenOnLoopback({ host, tls, trustedProxies = [] }: Listening): boolean {
  return isLoopback(host) && tls === undefined && trustedProxies.length === 0
}

export function urlOf({ host, tls }: Listening, port: number): string {
  const name = host.includes(':') ? `[${host}]` : host
  return `${tls ? 'https' : 'http'}://${name}:${port}`
}

/** Where gateways find it. Every address, or one behind a proxy, is none that a gateway can be told. */
export function channelUrlOf(options: Listening, port: number): string | undefined {
  if (['0.0.0.0', '::'].includes(options.host) || (options.trustedProxies ?? []).length > 0) return undefined
  return urlOf(options, port).replace(/^http/, 'ws')
}
