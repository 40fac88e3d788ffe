import { contains } from '@opensag/rules'
import { networkOf } from './cidr.ts'
import { insideTunnels, linkMtu, linkOverhead } from './names.ts'
import type { System } from './system.ts'

/** The first address of the interface to the Internet that tunnels can go out from; undefined: it has none now. */
export async function wanAddress(system: System, name: string): Promise<string | undefined> {
  return (await system.addresses(name)).find((address) => !isInside(address))
}

/** Bytes of a packet on it. One that is away for now is taken for a usual one: tunnels wait for it. */
export async function wanMtu(system: Pick<System, 'interface'>, name: string): Promise<number> {
  return (await system.interface(name))?.mtu ?? linkMtu + linkOverhead
}

const inside = networkOf(insideTunnels)

function isInside(address: string): boolean {
  return contains(inside, networkOf(`${address}/32`))
}
