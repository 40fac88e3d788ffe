// A call of the operation that runs tools on gateways, and other values of its parameters.
import { type Row, row } from './effects.suite.ts'

const sent = { Target: '10.9.9.9' }

export const toolRows: readonly Row[] = [
  row(
    'RunGatewayTool',
    { SmartAGId: 'sag-main', Tool: 'Log' },
    {
      Tool: 'Counters',
      Target: { beside: { Tool: 'Traceroute', ...sent }, to: { Target: 'till.branch.example' } },
      Count: { beside: { Tool: 'Ping', ...sent }, to: { Count: '2' } },
      From: { beside: { Tool: 'Ping', ...sent }, to: { From: 'Wan' } },
    },
  ),
]
