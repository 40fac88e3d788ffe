import { type Capability, mostRoutes, mostRoutesInPart, type Timers, type WireRoute } from '@opensag/protocol'
import type { GatewayLink } from './connection-session.ts'

/** The routes that packets of a gateway take now. */
export interface RouteState {
  read(): Promise<readonly WireRoute[]>
  /** Perhaps there are others. */
  onChange(listener: () => void): void
}

/** Tells the server, as long as there is a connection: at its beginning, and whenever there are others. */
export interface RouteReporting {
  /** @param can what the server can do: one that does not know such a message would end the connection */
  online(link: Pick<GatewayLink, 'send'>, can: readonly Capability[]): void
  offline(): void
}

/** Of changes that come faster only the last is told. */
const changesMs = 1_000

export function createRouteReporting({
  state,
  timers,
  problem,
}: {
  readonly state: RouteState
  readonly timers: Timers
  /** They could not be read: that is tried again with the next change. */
  readonly problem: (error: unknown) => void
}): RouteReporting {
  let link: Pick<GatewayLink, 'send'> | undefined
  let cancel: (() => void) | undefined
  let told: string | undefined
  let toldAt = Number.NEGATIVE_INFINITY

  async function tell(): Promise<void> {
    const to = link
    toldAt = timers.now()
    const routes = chosen(await state.read())
    const text = JSON.stringify(routes)
    // Another connection has a beginning of its own.
    if (to === undefined || to !== link || text === told) return
    told = text
    const of = Math.max(1, Math.ceil(routes.length / mostRoutesInPart))
    for (let part = 0; part < of; part++) {
      const some = routes.slice(part * mostRoutesInPart, (part + 1) * mostRoutesInPart)
      to.send({ kind: 'routes', part, of, routes: some })
    }
  }

  function soon(): void {
    if (link === undefined) return
    cancel ??= timers.after(Math.max(0, toldAt + changesMs - timers.now()), () => {
      cancel = undefined
      tell().catch(problem)
    })
  }

  state.onChange(soon)
  return {
    online(opened, can) {
      if (!can.includes('routes')) return
      link = opened
      told = undefined
      toldAt = Number.NEGATIVE_INFINITY
      soon()
    },
    offline() {
      link = undefined
      cancel?.()
      cancel = undefined
    },
  }
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
