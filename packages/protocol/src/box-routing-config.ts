import { z } from 'zod'
import { portName } from './port-name.ts'
import { sealedMessageSchema } from './sealed-message.ts'

/** How a box learns the routes of its branch, beside those that are set. */
export const routeProtocols = ['STATIC', 'OSPF', 'BGP'] as const

export const ospfAuthentications = ['NONE', 'CLEARTEXT', 'MD5'] as const

const seconds = z.int().min(1).max(65_535)
const autonomousSystem = z.int().min(1).max(4_294_967_295)

/** What is spoken at a port, or on a VLAN of a leased line. */
export const portProtocolSchema = z.object({
  port: portName,
  /** 0: the port itself. */
  vlan: z.int().min(0).max(4094),
  /** `STATIC`: nothing. At a port that is no leased line nothing is spoken but the protocol of the box. */
  protocol: z.enum(routeProtocols),
  /** With `BGP`. */
  remote: z.object({ ip: z.ipv4(), as: autonomousSystem }).optional(),
})

const ospfShape = {
  routerId: z.ipv4(),
  /** An NSSA, but for 0, as which OSPF is spoken where nothing is set. */
  area: z.int().min(0).max(2_147_483_647),
  hello: seconds,
  dead: seconds,
  authentication: z.enum(ospfAuthentications),
  /** With `MD5`. */
  md5KeyId: z.int().min(1).max(255).optional(),
}

/** OSPF of a box. Secrets stay with it while another authentication is set. */
export const ospfSchema = z.object({
  ...ospfShape,
  md5Key: sealedMessageSchema.optional(),
  password: sealedMessageSchema.optional(),
})

/** BGP of a box. `keepAlive` 0: a third of `hold`. Seconds. */
export const bgpSchema = z.object({
  routerId: z.ipv4(),
  as: autonomousSystem,
  keepAlive: z.int().min(0).max(65_535),
  hold: z.int().min(3).max(65_535),
})

/** How a box speaks with the routers of its branch, and with whom. */
export const routingReportSchema = z.object({
  protocol: z.enum(routeProtocols),
  /** Every port, and every VLAN of a leased line, at which a protocol can be spoken. */
  ports: z
    .array(
      portProtocolSchema.extend({
        /** A neighbour exchanges routes with it there. */
        isUp: z.boolean(),
        neighbor: z.ipv4().optional(),
      }),
    )
    .max(32)
    .readonly(),
  ospf: z.object({
    ...ospfShape,
    routerId: z.ipv4().optional(),
    hasMd5Key: z.boolean(),
  }),
  bgp: bgpSchema.extend({ routerId: z.ipv4().optional() }),
})

export type RouteProtocol = (typeof routeProtocols)[number]
export type PortProtocol = Readonly<z.infer<typeof portProtocolSchema>>
export type OspfConfig = Readonly<z.infer<typeof ospfSchema>>
export type BgpConfig = Readonly<z.infer<typeof bgpSchema>>
export type RoutingReport = Readonly<z.infer<typeof routingReportSchema>>
