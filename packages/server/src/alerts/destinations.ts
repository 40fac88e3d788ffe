import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** Which addresses alerts may be posted to. */
export interface Destinations {
  /** `address`: one that the name of the receiver leads to. */
  allows(address: string): boolean
  /** Whether such an address may be reached without TLS. */
  allowsPlain(address: string): boolean
}

/**
 * Everything that is not an address of the public internet (IANA, special-purpose registries): this machine, private and shared
 * networks, link-local addresses with the metadata services of clouds among them, multicast, and ways of IPv6 to say IPv4.
 */
const notPublic = blockList([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/3', '::/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16'],
  ...['3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
])

/**
 * @param allowed addresses and CIDR blocks that are allowed besides, also without TLS: what the operator has said
 * @param isSandbox this machine is allowed besides, also without TLS
 */
export function createDestinations(allowed: readonly string[], isSandbox: boolean): Destinations {
  const listed = blockList([...allowed, ...(isSandbox ? ['127.0.0.0/8', '::1'] : [])])
  const allowsPlain = (address: string): boolean => isIn(listed, address)
  return {
    allows: (address) => allowsPlain(address) || isPublic(address),
    allowsPlain,
  }
}

function isPublic(address: string): boolean {
  // An address with a zone is one of this machine's own links, and the list of Node does not know it.
  return (isIPv4(address) || (isIPv6(address) && !address.includes('%'))) && !isIn(notPublic, address)
}

/** IPv4 written as IPv6 (`::ffff:10.0.0.1`) is the IPv4 address that it is, in the list of Node. */
function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')
}

function blockList(blocks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const block of blocks) {
    const [address = '', length] = block.split('/', 2)
    const family = isIPv4(address) ? 'ipv4' : 'ipv6'
    if (length === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(length), family)
  }
  return list
}
