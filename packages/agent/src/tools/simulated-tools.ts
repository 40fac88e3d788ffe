import type { ToolLogLine, ToolOrigin, ToolRoute, WireRoute } from '@opensag/protocol'
import type { Prober } from '../probes/prober.ts'
import { done, type ToolBox, ToolFailed } from './tool-box.ts'

export interface SimulatedToolsOptions {
  /** That of its health checks: who does not answer those does not answer this. */
  readonly prober: Prober
  /** The address that packets from the branch have; undefined: it has none. */
  readonly lanAddress: () => string | undefined
  /** Undefined: nothing is known of the ports of its model. */
  readonly routes: (() => readonly WireRoute[]) | undefined
  readonly log: () => readonly ToolLogLine[]
}

const timeoutMs = 1_000

/**
 * The tools of a gateway that does not exist: what it is configured as, its own log, and echo requests as its simulated network answers
 * them. Of routers on the way, terminals and packets there are none, and nothing is made up of them.
 */
export function simulatedTools({ prober, lanAddress, routes, log }: SimulatedToolsOptions): ToolBox {
  async function echo(to: string, from: ToolOrigin): Promise<number | null> {
    const source = from === 'lan' ? lanAddress() : undefined
    if (from === 'lan' && source === undefined) throw new ToolFailed('no-address')
    const outcome = await prober.probe({ protocol: 'icmp', from: source, to, port: undefined, timeoutMs })
    return outcome.is === 'answered' ? outcome.afterMs : null
  }

  return {
    async run(request) {
      const { tool } = request
      switch (tool) {
        case 'ping': {
          const { target, from, count } = request
          const times = await Promise.all(Array.from({ length: count }, () => echo(target, from)))
          return { ...done({ tool, times, lines: [] }), isSimulated: true }
        }
        case 'routes':
          if (routes === undefined) throw new ToolFailed('simulated')
          return { ...done({ tool, routes: routes().map(shown) }), isSimulated: true }
        case 'log':
          return done({ tool, log: log() })
        case 'traceroute':
        case 'leases':
        case 'counters':
          throw new ToolFailed('simulated')
      }
    },
  }
}

function shown({ to, via, port, source, metric }: WireRoute): ToolRoute {
  return {
    ...{ table: 'branch' as const, to, source: source.toLowerCase(), metric },
    ...(via === undefined ? {} : { via }),
    ...(port === undefined ? {} : { port }),
  }
}
