import { type Cidr, parseNetwork } from '@opensag/rules'

/** A network of a configuration that the server has checked. @throws when it is none */
export function networkOf(text: string): Cidr {
  const parsed = parseNetwork(text)
  if (typeof parsed === 'string') throw new Error(`${text} is no network.`)
  return parsed
}
