import { contains, parseNetwork } from '@opensag/rules'
import { insideTunnels, linkMtu, linkOverhead } from '../names.ts'
import type { System } from '../system.ts'

/** The first address of the interface to the Internet that tunnels can go out from; undefined: it has none now. */
export async function wanAddress(system: System, name: string): Promise<string | undefined> {
  return (await system.addresses(name)).find((address) => !isInside(address))
}

/** Bytes of a packet on it. One that is away for now is taken for a usual one: tunnels wait for it. */
export async function wanMtu(system: System, name: string): Promise<number> {
  return (await system.interface(name))?.mtu ?? linkMtu + linkOverhead
}

function isInside(address: string): boolean {
  const outer = parseNetwork(insideTunnels)
  const inner = parseNetwork(`${address}/32`)
  return typeof outer === 'object' && typeof inner === 'object' && contains(outer, inner)
}
