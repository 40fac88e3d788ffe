import { networkInterfaces } from 'node:os'

/** The first address of this machine that others can reach, IPv4 before IPv6; its own loopback when there is none. */
export function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  const reachable = all.filter(({ internal, scopeid }) => !internal && (scopeid === undefined || scopeid === 0))
  const [first] = [...reachable.filter(({ family }) => family === 'IPv4'), ...reachable]
  return first?.address ?? '127.0.0.1'
}
