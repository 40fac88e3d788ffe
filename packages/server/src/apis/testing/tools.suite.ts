import type { ToolRequest } from '@opensag/protocol'
import type { ToolOutcome } from '../../model/gateway-requests.ts'

const counts = { bytes: 12_345, packets: 99, errors: 0, dropped: 1 }

/** What a gateway that is well answers; of a ping the last request is lost. */
export function toolDone(request: ToolRequest): ToolOutcome {
  const { tool } = request
  switch (tool) {
    case 'ping': {
      const times = Array.from({ length: request.count }, (_, index) =>
        index + 1 < request.count ? index + 1.5 : null,
      )
      const lines = [`PING ${request.target} (${request.target}) 56(84) bytes of data.`]
      return { is: 'done', result: { tool, times, lines } }
    }
    case 'traceroute': {
      const hops = [{ hop: 1, address: '10.0.1.1', ms: 0.5 }, { hop: 2 }]
      return { is: 'done', result: { tool, address: '203.0.113.7', hops, isReached: false } }
    }
    case 'routes':
      return {
        is: 'done',
        result: { tool, routes: [{ table: 'branch', to: '10.0.0.0/8', port: 'ccn0', source: 'bird' }], left: 3 },
      }
    case 'leases':
      return {
        is: 'done',
        result: { tool, leases: [{ address: '10.0.1.9', mac: '02:00:00:00:00:09', name: 'till-1', until: 60_000 }] },
      }
    case 'log':
      return { is: 'done', result: { tool, log: [{ at: 1_000, level: 'warn', text: 'Not connected.' }] } }
    case 'counters':
      return { is: 'done', result: { tool, counters: [{ port: 'eth0', isUp: true, received: counts, sent: counts }] } }
  }
}
