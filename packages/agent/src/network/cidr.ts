import { type Cidr, parseNetwork } from '@opensag/rules'

/** A network of a configuration that the server has checked. @throws when it is none */
export function networkOf(text: string): Cidr {
  const parsed = parseNetwork(text)
  if (typeof parsed === 'string') throw new Error(`${text} is no network.`)
  return parsed
}

/** The network of a route, which `ip` writes without its length where that is an address or everything. */
export function prefixOf(to: string): string {
  if (to === 'default') return '0.0.0.0/0'
  return to.includes('/') ? to : `${to}/32`
}
