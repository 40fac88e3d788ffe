import type { NetworkReport } from '@opensag/protocol'
import { configFor } from '../../model/desired-config.ts'
import type { Device } from '../../model/device.ts'
import type { TrafficInterval } from '../../model/traffic.ts'
import { findDesiredConfig } from '../gateways/configurations.ts'
import type { Reader } from '../store.ts'
import { findNetworkReport } from './reports.ts'
import { type BusyInstance, type TopOf, trafficOf } from './traffic.ts'

/** What is known of the network of one device: what it should have, and what it said last. */
export interface DeviceNetwork {
  /** Its own inside tunnels; undefined: it has no network. */
  readonly address: string | undefined
  readonly tunnels: readonly ShownTunnel[]
  /** Prefixes that routers of its branch announce. */
  readonly learnt: readonly string[]
  /** Whether it has the addresses of its branch; undefined: it is alone, or has not said anything yet. */
  readonly pair: { readonly state: 'active' | 'standby' | 'unknown'; readonly since: number } | undefined
  /** Undefined: it has said nothing. The same of its counters. */
  readonly leases: number | undefined
  readonly receivedBytes: number | undefined
  readonly sentBytes: number | undefined
  /** The last hour by the minute and the last day by the quarter of an hour, as far as it was told. */
  readonly hour: readonly TrafficInterval[]
  readonly day: readonly TrafficInterval[]
  /** When it said so. */
  readonly toldAt: number | undefined
}

/** A tunnel that a device should have. */
export interface ShownTunnel {
  /** Serial number of the point of presence. */
  readonly pop: string
  readonly endpoint: string
  /** Of a device that is away nothing is known. */
  readonly tunnel: 'up' | 'down' | 'unknown'
  readonly since: number | undefined
}

/** What gateways say of their networks, inside one unit of work. */
export interface DeviceNetworks {
  of(device: Device, now: number): Promise<DeviceNetwork>
  /** Those that come first of all. @param now of the clock of the server */
  top(by: 'carried' | 'dropped', of: TopOf, now: number): Promise<readonly BusyInstance[]>
}

/** @param now of the clock of the server */
export async function deviceNetwork(db: Reader, device: Device, now: number): Promise<DeviceNetwork> {
  const { serial, connected } = device
  const desired = await findDesiredConfig(db, serial)
  const network = desired && configFor(desired.config, serial).network
  const told = await findNetworkReport(db, serial)
  return {
    address: network?.address,
    tunnels: (network?.pops ?? []).map(({ serial: pop, endpoint }) => {
      const said = told?.report.tunnels.find((tunnel) => tunnel.pop === pop)
      return { pop, endpoint, tunnel: tunnelState(connected, said?.isUp), since: said?.since }
    }),
    learnt: told?.report.learnt ?? [],
    pair: pairOf(connected, told?.report.pair),
    leases: told?.report.leases,
    receivedBytes: told?.report.traffic.received,
    sentBytes: told?.report.traffic.sent,
    hour: await trafficOf(db, serial, 'hour', now),
    day: await trafficOf(db, serial, 'day', now),
    toldAt: told?.at,
  }
}

function tunnelState(isConnected: boolean, isUp: boolean | undefined): ShownTunnel['tunnel'] {
  if (!isConnected || isUp === undefined) return 'unknown'
  return isUp ? 'up' : 'down'
}

/** Of one that is away nothing is known. */
function pairOf(isConnected: boolean, said: NetworkReport['pair']): DeviceNetwork['pair'] {
  if (said === undefined) return undefined
  return { state: isConnected ? (said.isActive ? 'active' : 'standby') : 'unknown', since: said.since }
}
