import type { DpiReport, ToolLogLine } from '@opensag/protocol'
import type { BoxState } from '../../box/box-state.ts'
import type { NetworkState } from '../../connection-network-report.ts'
import type { RouteState } from '../../connection-routes.ts'
import type { ApplyConfig } from '../../desired-config.ts'
import type { Survey } from '../../diagnosis/survey.ts'
import type { Forwarding } from '../../forwarding.ts'
import type { Prober } from '../../probes/prober.ts'
import type { HealthStatuses } from '../../route-distribution.ts'
import type { NetworkStatus } from '../../running-status.ts'
import type { ToolBox } from '../../tools/tool-box.ts'

/** The network of a gateway: what its configuration says, in force at this machine. */
export interface GatewayNetwork {
  /** Puts a configuration in force. The same again changes nothing but what somebody else has changed. */
  readonly apply: ApplyConfig
  readonly forwarding: Forwarding
  /** What it is like now, for the server. */
  readonly state: NetworkState
  /** The machine: its two interfaces and how they are set. */
  readonly box: BoxState
  /** What it recognises applications by; undefined: it cannot. */
  readonly dpi: DpiReport | undefined
  /** What a diagnosis asks of the machine. */
  readonly survey: Survey
  /** The routes of its branch. */
  readonly routes: RouteState
  /** Its health checks stand otherwise: what is told of its routes follows. */
  followHealth(statuses: HealthStatuses): void
  /** Probes from addresses of this machine, by the routes of its branch. */
  readonly prober: Prober
  /** What it can be asked for while somebody waits. `log`: its last lines. */
  tools(log: () => readonly ToolLogLine[]): ToolBox
  /** What `state` tells and more, for who stands before the machine. */
  status(): Promise<NetworkStatus>
  /** What BIRD answers to `show …`. @throws when it does not run. */
  show(...what: readonly string[]): Promise<string>
  /** Ends the daemons. What is in the kernel stays: it leaks nothing, and the next start goes on with it. */
  close(): Promise<void>
}
