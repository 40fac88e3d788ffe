import { z } from 'zod'
import { ipv4Cidr } from './ipv4-cidr.ts'

const port = z.int().min(1).max(65_535)
const ports = z.object({ from: port, to: port })

/** Members of a rule that say which packets it is about. */
export const packetMatch = {
  protocol: z.enum(['any', 'gre', 'icmp', 'tcp', 'udp']),
  from: ipv4Cidr,
  to: ipv4Cidr,
  /** Absent: all ports. */
  fromPorts: ports.optional(),
  toPorts: ports.optional(),
} as const

const packetMatchSchema = z.object(packetMatch)

export type PacketMatch = Readonly<z.infer<typeof packetMatchSchema>>
