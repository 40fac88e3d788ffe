import { z } from 'zod'
import { ipv4Cidr } from './ipv4-cidr.ts'

const port = z.int().min(1).max(65_535)
const ports = z.object({ from: port, to: port })

const numbers = z.array(z.int().positive()).max(10).readonly()

/** Numbers of nDPI. */
export const applicationsSchema = z.object({ groups: numbers, signatures: numbers })

/** Members of a rule that say which packets it is about. */
export const packetMatch = {
  protocol: z.enum(['any', 'gre', 'icmp', 'tcp', 'udp']),
  from: ipv4Cidr,
  to: ipv4Cidr,
  /** Absent: all ports. */
  fromPorts: ports.optional(),
  toPorts: ports.optional(),
  /**
   * Only packets of connections that are recognised as one of these, by the numbers of nDPI. Of a gateway with the capability `dpi`; another
   * one is not told of such a rule, which it would take for one of all packets.
   */
  applications: applicationsSchema.optional(),
} as const

const packetMatchSchema = z.object(packetMatch)

export type Applications = Readonly<z.infer<typeof applicationsSchema>>
export type PacketMatch = Readonly<z.infer<typeof packetMatchSchema>>
