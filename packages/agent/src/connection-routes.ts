import { mostRoutes, mostRoutesInPart, type Timers, type WireRoute } from '@opensag/protocol'
import { createTeller, type Teller } from './connection-teller.ts'

/** The routes that packets of a gateway take now. */
export interface RouteState {
  read(): Promise<readonly WireRoute[]>
  /** Perhaps there are others. */
  onChange(listener: () => void): void
}

/** Tells the server which routes a gateway has, in parts. */
export function createRouteReporting({
  state,
  timers,
  problem,
}: {
  readonly state: RouteState
  readonly timers: Timers
  /** They could not be read: that is tried again. */
  readonly problem: (error: unknown) => void
}): Teller {
  return createTeller({
    ...{ needs: 'routes', source: state, untold: [], timers, problem },
    async read() {
      const routes = chosen(await state.read())
      const of = Math.max(1, Math.ceil(routes.length / mostRoutesInPart))
      return [...Array(of).keys()].map((part) => ({
        kind: 'routes',
        part,
        of,
        routes: routes.slice(part * mostRoutesInPart, (part + 1) * mostRoutesInPart),
      }))
    },
  })
}

/** Of too many those of the shortest prefixes are left out; the order is always the same. */
function chosen(routes: readonly WireRoute[]): readonly WireRoute[] {
  const lengthOf = ({ to }: WireRoute): number => Number(to.slice(to.indexOf('/') + 1))
  const keyOf = ({ to, port = '', via = '' }: WireRoute): string => `${to} ${port} ${via}`
  const ordered = [...routes].sort(
    (one, other) => lengthOf(other) - lengthOf(one) || (keyOf(one) < keyOf(other) ? -1 : 1),
  )
  return ordered.slice(0, mostRoutes)
}
