import type { Packet } from './capture.ts'
import { mark } from './ping.ts'

const payload = Buffer.from(mark, 'hex')

/**
 * Packets of the internet that must not be there: everything but IKE and ESP between its own addresses, connections with
 * the server, and what addresses are found by. Whatever carries the payload of a bench's ping is one too.
 */
export function leaksAmong(packets: readonly Packet[], server: string): readonly string[] {
  return packets.filter((packet) => !isDue(packet, server) || packet.bytes.includes(payload)).map(shown)
}

function isDue({ type, source, destination, protocol, sourcePort, destinationPort }: Packet, server: string): boolean {
  // ARP, and IPv6 neighbours of one link.
  if (type === 0x0806 || type === 0x86dd) return true
  if (type !== 0x0800) return false
  if (protocol === 6 && [source, destination].includes(server)) return true
  if (!(isOutside(source) && isOutside(destination))) return false
  const ike = [500, 4500]
  if (protocol === 17) return ike.includes(sourcePort) || ike.includes(destinationPort)
  // ESP of the kernel; "unreachable", which quotes a packet of those addresses.
  return protocol === 50 || protocol === 1
}

const isOutside = (address: string): boolean => address.startsWith('203.0.113.')

function shown({ type, source, destination, protocol, sourcePort, destinationPort, bytes }: Packet): string {
  return `0x${type.toString(16)} ${source}:${sourcePort} > ${destination}:${destinationPort}, protocol ${protocol}, ${bytes.length} bytes`
}
