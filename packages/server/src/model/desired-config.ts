import {
  type AclConfig,
  type BoxConfig,
  boxSections,
  type Capability,
  type ConfigKnowledge,
  type Difference,
  type DpiConfig,
  differenceOf,
  type MonitorConfig,
  type NetworkConfig,
  type PacketMatch,
  type PairConfig,
  type QosConfig,
  type RouteRule,
  sectionNeeds,
  synStatus,
  type WireDnat,
  type WireFlowLog,
  type WireHealthCheck,
  type WireProbeTask,
} from '@opensag/protocol'
import type { Device } from './device.ts'
import type { Instance } from './instance.ts'

/**
 * What the gateways of one instance are to be configured as. It follows from the stored facts (settings, blocks, SNAT and
 * DNAT entries, service addresses) and is never edited by itself.
 */
export interface DesiredConfig {
  /** In their order: the first feeds the DHCP server. */
  readonly cidrs: readonly string[]
  readonly routingStrategy: Instance['routingStrategy']
  /** Seconds; 0 is off. */
  readonly securityLockThreshold: number
  readonly snat: readonly { readonly cidr: string; readonly ip: string }[]
  /** Absent: there is none. */
  readonly dnat?: readonly WireDnat[]
  /** Absent: what they send is not divided. */
  readonly qos?: QosConfig
  /** Absent: all connections pass. */
  readonly acl?: AclConfig
  /** Absent: its connections are not recorded. */
  readonly flowLog?: WireFlowLog
  /** Absent: applications are not recognised. */
  readonly dpi?: DpiConfig
  /** Absent: nothing is probed. */
  readonly healthChecks?: readonly WireHealthCheck[]
  /** Absent: advanced monitoring is off. */
  readonly monitor?: MonitorConfig
  /** Absent: every route is distributed. */
  readonly routeRules?: readonly RouteRule[]
  /** What only one of the gateways holds, by serial number. */
  readonly own: Readonly<Record<string, OwnConfig>>
}

export interface OwnConfig {
  /** Where its local console is reachable from inside the CCN. */
  readonly remoteAccessIp?: string
  /** Addresses its probes send from. */
  readonly probeAddresses: readonly string[]
  /** Absent: it has no probe task. */
  readonly probeTasks?: readonly WireProbeTask[]
  /** How it reaches its network; absent: it has no tunnel. */
  readonly network?: NetworkConfig
  /** How it shares its branch with the other gateway of the instance; absent: it is alone. */
  readonly pair?: PairConfig
  /** What is set of the box itself; absent: nothing. */
  readonly box?: BoxConfig
}

/** Before anything was set. */
export const unconfigured: DesiredConfig = {
  cidrs: [],
  routingStrategy: 'static',
  securityLockThreshold: 0,
  snat: [],
  own: {},
}

/** The part of it that one gateway is told. */
export type GatewayConfig = Omit<DesiredConfig, 'own'> & OwnConfig

export function configFor({ own, ...shared }: DesiredConfig, serial: string): GatewayConfig {
  return { ...shared, probeAddresses: [], ...own[serial] }
}

/** What a gateway has to be able to do for the whole of a configuration, beside what all could from the beginning. */
export function needsOf({
  dnat,
  qos,
  flowLog,
  acl,
  dpi,
  healthChecks,
  monitor,
  routeRules,
  own,
}: Pick<
  DesiredConfig,
  'dnat' | 'qos' | 'flowLog' | 'acl' | 'dpi' | 'healthChecks' | 'monitor' | 'routeRules' | 'own'
>): readonly Capability[] {
  return [
    ...(dnat === undefined ? [] : ['dnat' as const]),
    ...(qos === undefined ? [] : ['qos' as const]),
    ...(flowLog === undefined ? [] : ['flow-log' as const]),
    ...(acl === undefined ? [] : ['acl' as const]),
    ...(dpi === undefined && !hasApplications([...(acl ?? []), ...(qos?.rules ?? [])]) ? [] : ['dpi' as const]),
    ...new Set([
      ...Object.values(own).flatMap(({ box }) => boxNeeds(box)),
      ...(routeRules === undefined ? [] : ['routes' as const]),
    ]),
    ...(healthChecks === undefined ? [] : ['health-check' as const]),
    ...(Object.values(own).some(({ probeTasks }) => probeTasks !== undefined) ? ['probe-task' as const] : []),
    ...(monitor === undefined ? [] : ['monitor' as const]),
  ]
}

function hasApplications(rules: readonly Pick<PacketMatch, 'applications'>[]): boolean {
  return rules.some(({ applications }) => applications !== undefined)
}

function boxNeeds(box: BoxConfig = {}): readonly Capability[] {
  const { staticRoutes = [], ...others } = box
  // A gateway that knows of no static routes has none, too.
  const set: BoxConfig = staticRoutes.length === 0 ? others : box
  return boxSections.filter((section) => set[section] !== undefined).map((section) => sectionNeeds[section])
}

type Knowing = Pick<
  Device,
  'synStatus' | 'appliedRevision' | 'configOnTrial' | 'configFailing' | 'revertedRevision' | 'capabilities'
>
type Newest = Pick<Instance, 'configRevision' | 'configNeeds'>

/**
 * `SynStatus` as it is shown. A change at the local console comes first, for only a person can settle it; a
 * configuration that is still on its way, on trial, or waits for the device to connect, is `Synchronizing`; one that the
 * device gave up, or has no program for, leaves it `Unsynchronized` (C).
 */
export function shownSynStatus(device: Knowing, instance: Newest): Device['synStatus'] {
  return synStatus(knowledgeOf(device, instance))
}

/** Why it is not `Synchronized`; undefined when it is. */
export function configDifference(device: Knowing, instance: Newest): Difference | undefined {
  return differenceOf(knowledgeOf(device, instance))
}

function knowledgeOf(device: Knowing, { configRevision, configNeeds }: Newest): ConfigKnowledge {
  const able = device.capabilities?.split(' ') ?? []
  return {
    local: device.synStatus,
    desired: configRevision,
    reported: device.appliedRevision,
    onTrial: device.configOnTrial,
    failing: device.configFailing,
    reverted: device.revertedRevision,
    unknown: configNeeds?.split(' ').some((need) => !able.includes(need)) === true,
  }
}
