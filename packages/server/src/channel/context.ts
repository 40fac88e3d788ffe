import type { Random, Timers, WallClock } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { Bus } from '../bus/bus.ts'
import type { TunnelUsers } from '../model/tunnel-users.ts'
import type { Sealer } from '../sealing/sealing.ts'
import type { Store } from '../store/store.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { Authority } from './authority.ts'
import type { ChannelIdentity } from './identity.ts'
import type { ChannelSettings } from './settings.ts'

/** What every connection of this node works with. */
export interface ChannelContext {
  readonly store: Store
  readonly bus: Bus
  readonly sealer: Sealer
  readonly identity: ChannelIdentity
  readonly authority: Authority
  readonly wallClock: WallClock
  /** Of orders and subscriptions. */
  readonly businessClock: () => number
  readonly timers: Timers
  readonly random: Random
  readonly nodeId: string
  readonly logger: Logger
  readonly settings: ChannelSettings
  /** What points of presence ask about remote users; without it nobody answers them. */
  readonly tunnelUsers?: TunnelUsers | undefined
  /** Makes spans of what gateways are told; none unless it is given. */
  readonly tracing?: Tracing | undefined
}
