import { linkAlias } from '../marks.ts'
import type { System } from '../system.ts'
import { networkOf } from './pool.ts'
import { interfacesOf, type ServedInstance, tunMtu } from './server-config.ts'
import { shapingBase } from './shaping.ts'

/**
 * Puts the interface that OpenVPN has opened where it belongs, with its addresses and what shapes its clients. One that is there
 * already, kept over a restart of OpenVPN's own, is left as it is.
 *
 * @param inside the network of the instance
 * @param home where OpenVPN runs
 */
export async function setUpInterface(inside: System, home: System, instance: ServedInstance): Promise<void> {
  const { tun, ifb } = interfacesOf(instance)
  const links = await inside.interfaces()
  if (links.includes(tun)) return
  await home.ip([`link set dev ${tun} netns ${instance.namespace}`])
  // Of an OpenVPN before.
  if (links.includes(ifb)) await inside.ip([`link del dev ${ifb}`])
  await inside.ip([
    `link add ${ifb} type ifb`,
    `link set dev ${ifb} alias ${linkAlias} up`,
    `link set dev ${tun} alias ${linkAlias} mtu ${tunMtu}`,
  ])
  await inside.tc(shapingBase({ tun, ifb }))
  await inside.ip([
    ...instance.pool.map((cidr) => `address replace ${gatewayIn(cidr)} dev ${tun}`),
    `link set dev ${tun} up`,
  ])
}

function gatewayIn(cidr: string): string {
  const { gateway, length } = networkOf(cidr)
  return `${gateway}/${length}`
}
