import {
  type AgreedRevision,
  type ConfigEffect,
  type ConfigFacts,
  type ConfigInput,
  type ConfigPushEffect,
  type ConfigPushState,
  type ConfigRecord,
  type ConfigStatus,
  closedPush,
  emptyConfigRecord,
  type LocalRevisions,
  type MarkedConfig,
  type Reach,
} from '@opensag/protocol'
import { type DiskFault, type DiskFile, fileOf } from '../disk-file.ts'
import type { Watching } from '../subject.ts'
import type { ConfigMachines } from './machines.ts'

/** One gateway, one server, and the configuration between them. */
export interface ConfigWorld {
  readonly machines: ConfigMachines
  readonly log: Watching['log']
  readonly count: Watching['count']
  readonly gateway: ConfigGateway
  readonly server: ConfigServer
  readonly links: ConfigLink[]
  revisions: number
  linkNumber: number
  /** Contents that were confirmed, or needed no proof; what the gateway may be left with. */
  readonly proven: Set<string>
  /** The disk at some moment. */
  image: { readonly record: ConfigRecord; readonly local: LocalRevisions } | undefined
  isTampered: boolean
}

export interface ConfigGateway {
  up: boolean
  record: DiskFile<ConfigRecord>
  local: DiskFile<LocalRevisions>
  fault: DiskFault
  /** The system refuses the next configuration it is given. */
  refuses: boolean
  // The program's memory.
  facts: ConfigFacts
  plan: ConfigEffect[]
  /** What the plan is for. */
  planFor: ConfigInput['is'] | undefined
  todo: (ConfigInput | { readonly is: 'agreed'; readonly revision: number } | { readonly is: 'edit' })[]
  renamed: boolean
  /** Its local revisions, as it knows them: after a failed write the disk may show others. */
  localNow: LocalRevisions
  main: ConfigLink | undefined
  probe: ConfigLink | undefined
  awaited: number | undefined
  isAgainDue: boolean
  isReportDue: boolean
  /** Undefined: it has sought no connection yet. */
  reach: Reach | undefined
}

export interface ConfigServer {
  up: boolean
  // Durable.
  newest: MarkedConfig | undefined
  status: ConfigStatus
  local: LocalRevisions
  promised: AgreedRevision
  /** The revision of every promise that was answered. */
  readonly answered: number[]
  // Memory.
  served: ConfigLink | undefined
  /** Durable, as tickets are: no older connection is served any more. */
  newestServed: number
  push: ConfigPushState
  work: ConfigPushEffect[]
  isLookDue: boolean
  cannotRead: boolean
}

export interface ConfigLink {
  readonly number: number
  readonly name: string
  /** The trial that was in effect when it was made; `probe`: it is made for nothing but to be confirmed. */
  readonly during: number
  readonly isProbe: boolean
  readonly down: ConfigDown[]
  readonly up: ConfigUp[]
  gatewayOpen: boolean
  serverOpen: boolean
}

export type ConfigDown =
  | { readonly kind: 'configure'; readonly desired: MarkedConfig | null }
  | { readonly kind: 'confirm'; readonly trial: number }
  | { readonly kind: 'synced'; readonly revision: number }

export type ConfigUp =
  | { readonly kind: 'report'; readonly status: ConfigStatus; readonly local: LocalRevisions }
  | { readonly kind: 'configured'; readonly status: ConfigStatus; readonly problem: boolean }
  | { readonly kind: 'trial'; readonly status: ConfigStatus }

/** A configuration with one of these in it cuts the gateway off from its server: at once, or as soon as it connects anew. */
export const cutting = { atOnce: -1, anew: -2 } as const

export function cutsOff(config: MarkedConfig | null): boolean {
  return config !== null && config.config.securityLockThreshold < 0
}

export function cutsOffAtOnce(config: MarkedConfig | null): boolean {
  return config?.config.securityLockThreshold === cutting.atOnce
}

export function contentOf(config: MarkedConfig | null): string {
  return config === null ? 'none' : `${config.instanceId} ${config.config.securityLockThreshold}`
}

export function createConfigWorld(machines: ConfigMachines, { log, count }: Watching): ConfigWorld {
  const world: ConfigWorld = {
    machines,
    log,
    count,
    gateway: {
      up: true,
      record: fileOf(emptyConfigRecord),
      local: fileOf({ local: 0, synced: 0 }),
      fault: 'none',
      refuses: false,
      ...configMemory(emptyConfigRecord, { local: 0, synced: 0 }),
    },
    server: {
      up: true,
      newest: undefined,
      status: {},
      local: { local: 0, synced: 0 },
      promised: null,
      answered: [],
      served: undefined,
      newestServed: 0,
      push: closedPush,
      work: [],
      isLookDue: false,
      cannotRead: false,
    },
    links: [],
    revisions: 0,
    linkNumber: 0,
    proven: new Set(['none']),
    image: undefined,
    isTampered: false,
  }
  world.gateway.plan = [...machines.gateway(world.gateway.facts, { is: 'started' })]
  world.gateway.planFor = 'started'
  return world
}

export function configMemory(
  record: ConfigRecord,
  localNow: LocalRevisions,
): Omit<ConfigGateway, 'up' | 'record' | 'local' | 'fault' | 'refuses'> {
  return {
    facts: { record, inEffect: false },
    plan: [],
    planFor: undefined,
    todo: [],
    renamed: false,
    localNow,
    main: undefined,
    probe: undefined,
    awaited: undefined,
    isAgainDue: false,
    isReportDue: false,
    reach: undefined,
  }
}
