import type { PacketMatch } from '@opensag/protocol'
import { matchOfApplications } from './applications/application-sets.ts'

/** The nftables expressions that packets of a rule match; none for all packets. */
export function matchesOf({ protocol, from, to, fromPorts, toPorts, applications }: PacketMatch): readonly string[] {
  return [
    ...ofNetwork('saddr', from),
    ...ofNetwork('daddr', to),
    ...(protocol === 'any' ? [] : [`meta l4proto ${protocol}`]),
    ...ofPorts(`${protocol} sport`, fromPorts),
    ...ofPorts(`${protocol} dport`, toPorts),
    ...(applications === undefined ? [] : matchOfApplications(applications)),
  ]
}

function ofNetwork(field: 'saddr' | 'daddr', cidr: string): readonly string[] {
  return cidr.endsWith('/0') ? [] : [`ip ${field} ${cidr}`]
}

function ofPorts(field: string, ports: PacketMatch['fromPorts']): readonly string[] {
  return ports === undefined ? [] : [`${field} ${ports.from}-${ports.to}`]
}
