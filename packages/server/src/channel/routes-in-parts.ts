import type { RoutesPart, WireRoute } from '@opensag/protocol'

/** The routes a gateway is telling of, as far as they have come. */
export interface RoutesInParts {
  readonly routes: readonly WireRoute[]
  readonly missing: number
}

/** Undefined: a part is not the one that was to come. The gateway tells all of them again after the next change. */
export function routesWith(
  before: RoutesInParts | undefined,
  { part, of, routes }: RoutesPart,
): RoutesInParts | undefined {
  if (part === 0) return { routes, missing: of - 1 }
  if (before === undefined || before.missing !== of - part) return undefined
  return { routes: [...before.routes, ...routes], missing: before.missing - 1 }
}
