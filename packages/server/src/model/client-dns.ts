import { ipv4ToNumber } from '@opensag/rules'

/** How many DNS servers the users of a SAG APP instance can have: a primary and a backup (D). */
export const mostDnsServers = 2

const [firstOfThisNetwork, firstOfLoopback, firstOfMulticast] = [1, 127, 224].map((octet) => octet * 2 ** 24) as [
  number,
  number,
  number,
]

/**
 * Whether a machine can ask for names there: a unicast IPv4 address (S). Ranges that no branch may have are allowed: the DNS
 * servers of the cloud itself are in 100.64.0.0/10 (D).
 */
export function isDnsServer(text: string): boolean {
  const address = ipv4ToNumber(text)
  if (address === undefined || address < firstOfThisNetwork || address >= firstOfMulticast) return false
  return address < firstOfLoopback || address >= firstOfLoopback + 2 ** 24
}

/** As an instance has them in the store: in their order, separated by commas; empty: none. */
export function storedDns(servers: readonly string[] = []): string {
  return servers.join(',')
}

export function dnsServers(stored: string | undefined): readonly string[] {
  return stored === undefined ? [] : stored.split(',')
}
