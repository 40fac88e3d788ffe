import { z } from 'zod'
import { ipv4Cidr } from './ipv4-cidr.ts'
import { portName } from './port-name.ts'

/** As many as a gateway tells of; where it has more, those of the shortest prefixes are left out. */
export const mostRoutes = 1_000
/** They come in parts that fit into a frame. */
export const mostRoutesInPart = 100

export const routeSources = ['STATIC', 'OSPF', 'BGP'] as const

/** A route that packets take now. */
export const routeSchema = z.object({
  to: ipv4Cidr,
  /** Absent: it lies on the wire of its port. */
  via: z.ipv4().optional(),
  /** Absent: into the tunnel. */
  port: portName.optional(),
  vlan: z.int().min(1).max(4094).optional(),
  source: z.enum(routeSources),
  /** The smaller of two is preferred, whatever the metrics. */
  distance: z.int().min(0).max(255),
  metric: z.int().nonnegative(),
  /** One of the branch is told to the cloud, one of the cloud to the routers of the branch. */
  isDistributed: z.boolean(),
})

/** All of them are told again after a change. `of`: how many parts; the first is 0. */
export const routesPartSchema = z.object({
  part: z.int().nonnegative(),
  of: z
    .int()
    .min(1)
    .max(mostRoutes / mostRoutesInPart),
  routes: z.array(routeSchema).max(mostRoutesInPart).readonly(),
})

export type WireRoute = Readonly<z.infer<typeof routeSchema>>
export type RouteSource = (typeof routeSources)[number]
export type RoutesPart = Readonly<z.infer<typeof routesPartSchema>>
