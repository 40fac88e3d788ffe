import type { RoutesPart, WireRoute } from '@opensag/protocol'

interface Begun {
  readonly routes: readonly WireRoute[]
  /** How many parts are to come; never 0. */
  readonly missing: number
}

/** The routes a gateway is telling of, as far as they have come: kept until the last part is there, and no longer. */
export class RoutesInParts {
  private begun: Begun | undefined

  /**
   * All routes, with the last part. A part that is not the one that was to come ends what had begun: the gateway tells all of
   * them again after the next change.
   */
  with({ part, of, routes }: RoutesPart): readonly WireRoute[] | undefined {
    const before = part === 0 ? { routes: [], missing: of } : this.begun
    this.begun = undefined
    // It is below `of` too, since one at least is missing.
    if (before?.missing !== of - part) return undefined
    const all = [...before.routes, ...routes]
    if (before.missing === 1) return all
    this.begun = { routes: all, missing: before.missing - 1 }
    return undefined
  }
}
