import { z } from 'zod'
import { ipv4Cidr } from './ipv4-cidr.ts'
import { routeSources } from './route-report.ts'

/** Of one instance: so many that a configuration still fits into a frame. */
export const mostRouteRules = 50

export const routeSides = ['cloud', 'local'] as const

/** Whether one route is told to the other side. All that no rule is about are told. */
export const routeRuleSchema = z.object({
  /** Where it comes from: of the branch it is told to the cloud, of the cloud to the routers of the branch. */
  from: z.enum(routeSides),
  source: z.enum(routeSources),
  to: ipv4Cidr,
  isDistributed: z.boolean(),
  /** The other way round while this health check has that status. */
  unless: z.object({ check: z.string().regex(/^hc-[a-z0-9]{1,40}$/), is: z.enum(['success', 'failed']) }).optional(),
})

export type RouteRule = Readonly<z.infer<typeof routeRuleSchema>>
export type RouteSide = (typeof routeSides)[number]
