import { z } from 'zod'
import { dnsForwardSchema, dnsServersSchema, mostDnsForwards } from './box-dns-config.ts'
import { haSchema, leasedLineSchema, portRoleSchema, wanPortSchema, wifiSchema } from './box-ports-config.ts'
import { bgpSchema, ospfSchema, portProtocolSchema, routeProtocols } from './box-routing-config.ts'
import type { Capability } from './handshake-messages.ts'
import { ipv4Cidr } from './ipv4-cidr.ts'
import { portName } from './port-name.ts'

/** Bits of a subnet that has room for a gateway and a terminal. */
const prefixLength = z.int().min(8).max(30)

/** How a port to the branch is set. */
export const lanPortSchema = z.object({
  port: portName,
  /** `DHCP`: it gives addresses to terminals. */
  type: z.enum(['DHCP', 'STATIC']),
  ip: z.ipv4(),
  length: prefixLength,
  /** What it gives; absent, both: the whole subnet but its own address. */
  start: z.ipv4().optional(),
  end: z.ipv4().optional(),
  /** Minutes. */
  lease: z.int().min(1).max(43_200),
})

/** The port that is for the local console alone. */
export const managementPortSchema = z.object({
  ip: z.ipv4(),
  length: prefixLength,
  /** How the console is reached from another subnet. */
  gateway: z.ipv4().optional(),
})

/** Of one box: all of them fit into one frame of a report. */
export const mostStaticRoutes = 100

/** A network of the branch that lies behind a router. The same network may be behind two ports. */
export const staticRouteSchema = z.object({
  port: portName,
  /** 0: the port itself. */
  vlan: z.int().min(0).max(4094),
  to: ipv4Cidr,
  /** A router on the wire of the port; while it is on none there is no such route. */
  via: z.ipv4(),
})

/**
 * What is set of the box itself, by sections. One that is absent is the box's own affair. Of a gateway with the capability `box`;
 * one without it leaves it out of what it has in force.
 */
export const boxSchema = z.object({
  /** What its branch sends to the Internet leaves by its own line, with the address it has there. */
  snat: z.boolean().optional(),
  /** Empty: the servers that its line to the Internet names. */
  dns: dnsServersSchema.optional(),
  forwards: z.array(dnsForwardSchema).max(mostDnsForwards).readonly().optional(),
  lan: z.array(lanPortSchema).max(8).readonly().optional(),
  management: managementPortSchema.optional(),
  /** The one dynamic protocol of its ports that are no leased lines; `STATIC`: none. */
  globalProtocol: z.enum(routeProtocols).optional(),
  portProtocols: z.array(portProtocolSchema).max(32).readonly().optional(),
  ospf: ospfSchema.optional(),
  bgp: bgpSchema.optional(),
  wan: z.array(wanPortSchema).max(8).readonly().optional(),
  ecc: z.array(leasedLineSchema).max(5).readonly().optional(),
  ha: haSchema.optional(),
  roles: z.array(portRoleSchema).max(16).readonly().optional(),
  wifi: wifiSchema.optional(),
  /** Of a gateway with the capability `routes`. */
  staticRoutes: z.array(staticRouteSchema).max(mostStaticRoutes).readonly().optional(),
})

/** Sections that can be set, each with what a gateway has to be able to do for it. */
export const sectionNeeds = {
  bgp: 'box-routing',
  dns: 'box-dns',
  ecc: 'box-ports',
  forwards: 'box-dns',
  globalProtocol: 'box-routing',
  ha: 'box-ports',
  lan: 'box',
  management: 'box',
  ospf: 'box-routing',
  portProtocols: 'box-routing',
  roles: 'box-ports',
  snat: 'box',
  staticRoutes: 'routes',
  wan: 'box-ports',
  wifi: 'box-ports',
} as const satisfies Readonly<Record<keyof z.infer<typeof boxSchema>, Capability>>

export type BoxSection = keyof typeof sectionNeeds

export const boxSections = Object.keys(sectionNeeds) as readonly BoxSection[]

export type LanPort = Readonly<z.infer<typeof lanPortSchema>>
export type StaticRoute = Readonly<z.infer<typeof staticRouteSchema>>
export type BoxConfig = Readonly<z.infer<typeof boxSchema>>
