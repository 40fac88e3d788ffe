import { folder } from '../mutant.ts'
import { agentAcl } from './agent-acl.ts'
import { agentBox } from './agent-box.ts'
import { agentConnections } from './agent-connections.ts'
import { agentDnat } from './agent-dnat.ts'
import { agentDns } from './agent-dns.ts'
import { agentDpi } from './agent-dpi.ts'
import { agentFlowLog } from './agent-flow-log.ts'
import { agentGateway } from './agent-gateway.ts'
import { agentMonitoring } from './agent-monitoring.ts'
import { agentPasswords } from './agent-passwords.ts'
import { agentPop } from './agent-pop.ts'
import { agentProbes } from './agent-probes.ts'
import { agentRemoteUsers } from './agent-remote-users.ts'
import { agentRoutes } from './agent-routes.ts'
import { agentTunnels } from './agent-tunnels.ts'

const at = 'packages/agent/src'

/** The program on the gateway. */
export const agent = folder('agent', 0.85, at, [
  ...agentPasswords,
  ...agentConnections,
  ...agentAcl,
  ...agentBox,
  ...agentDns,
  ...agentDnat,
  ...agentDpi,
  ...agentFlowLog,
  ...agentGateway,
  ...agentMonitoring,
  ...agentPop,
  ...agentProbes,
  ...agentRoutes,
  ...agentTunnels,
  ...agentRemoteUsers,
])
