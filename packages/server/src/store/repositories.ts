import type { Sealer } from '../sealing/sealing.ts'
import { ConsoleSessions } from './access/console-sessions.ts'
import { createRam, type Ram } from './access/ram.ts'
import { StsSessions } from './access/sts-sessions.ts'
import { Acls } from './acls/acls.ts'
import { Alerts } from './alerts/alerts.ts'
import type { AuditEntry } from './audit/audit.ts'
import { AuditTrail } from './audit/trail.ts'
import { createCommittedFleet, createFleet } from './fleet/create-fleet.ts'
import type { Fleet } from './fleet/fleet.ts'
import { inParts, inUnit } from './fleet/parts.ts'
import { createSizeOrders, type SizeOrders } from './fleet/size-orders.ts'
import { Boxes } from './gateways/boxes.ts'
import { GatewayConfigs } from './gateways/configurations.ts'
import { createGatewayHistory, type GatewayHistory } from './gateways/history.ts'
import { Inspections } from './gateways/inspections.ts'
import { UpgradePolicies } from './gateways/upgrade-policies.ts'
import type { InstanceFootprint } from './held-row.ts'
import { Jobs } from './jobs/jobs.ts'
import { type Addresses, createAddresses } from './networks/addresses.ts'
import { ApplicationPackages } from './networks/application-packages.ts'
import { createFlowLogs, type FlowLogs } from './networks/flow-logs.ts'
import { createNetworks, type Networks } from './networks/networks.ts'
import { AccessPoints } from './pops/access-points.ts'
import { type DeviceNetworks, deviceNetwork } from './pops/device-network.ts'
import { topOf } from './pops/traffic.ts'
import { Diagnoses } from './probes/diagnoses.ts'
import { HealthChecks } from './probes/health-checks.ts'
import { ProbeTasks } from './probes/probe-tasks.ts'
import { Qoses } from './qos/qoses.ts'
import { createEnterpriseCodes, type EnterpriseCodes } from './remote-users/enterprise-codes.ts'
import { createRemoteUsers, type RemoteUsers } from './remote-users/remote-users.ts'
import { ResourceGroups } from './resource-groups.ts'
import { Routes } from './routes/routes.ts'
import { Series } from './series/series.ts'
import type { Outcome, Reader, Store, Writer } from './store.ts'

/** Everything an operation finds and changes, inside one unit of work. */
export interface Repositories {
  /** Instances and devices. */
  readonly fleet: Fleet
  /** Cloud Connect Networks, CENs, VBRs and grants. */
  readonly networks: Networks
  /** Accounts of SAG APP instances and their sessions. */
  readonly remoteUsers: RemoteUsers
  readonly enterpriseCodes: EnterpriseCodes
  /** Changes of an instance's size. */
  readonly sizeOrders: SizeOrders
  /** CIDR blocks, SNAT entries, service addresses. */
  readonly addresses: Addresses
  /** Access control lists, their rules and which instance has which. */
  readonly acls: Acls
  /** QoS, their rules and which instance has which. */
  readonly qoses: Qoses
  readonly flowLogs: FlowLogs
  /** Bandwidth for applications. */
  readonly applicationPackages: ApplicationPackages
  readonly resourceGroups: ResourceGroups
  /** When devices upgrade by themselves. */
  readonly upgradePolicies: UpgradePolicies
  /** What gateways are as boxes: their ports, and how these are set. */
  readonly boxes: Boxes
  /** Whether gateways recognise applications. */
  readonly inspections: Inspections
  readonly healthChecks: HealthChecks
  readonly probeTasks: ProbeTasks
  readonly diagnoses: Diagnoses
  /** Which routes gateways have, and which of them are told on. */
  readonly routes: Routes
  /** The configuration gateways should hold. */
  readonly gatewayConfigs: GatewayConfigs
  /** What happened to gateways. */
  readonly gatewayHistory: GatewayHistory
  /** What gateways say of their tunnels and their traffic. */
  readonly deviceNetworks: DeviceNetworks
  /** What was measured of gateways and remote users over time. */
  readonly series: Series
  /** Points of presence, by who has tunnels to them. */
  readonly accessPoints: AccessPoints
  /** Users, groups, keys, policies, roles and logons. */
  readonly ram: Ram
  /** The audit trail. */
  readonly audit: AuditTrail
  /** Alerts, their rules and where they go. */
  readonly alerts: Alerts
  /** Sessions with temporary keys. */
  readonly sessions: StsSessions
  /** The same of people at the console, as their owners see them. */
  readonly consoleSessions: ConsoleSessions
  /** What servers do to many gateways. */
  readonly jobs: Jobs
}

export function createRepositories(db: Reader | Writer, sealer?: Sealer, businessClock?: () => number): Repositories {
  const gatewayConfigs = new GatewayConfigs(db, businessClock)
  return {
    fleet: createFleet(db, sealer, gatewayConfigs),
    networks: createNetworks(db, gatewayConfigs),
    remoteUsers: createRemoteUsers(db),
    enterpriseCodes: createEnterpriseCodes(db),
    sizeOrders: createSizeOrders(db, gatewayConfigs),
    addresses: createAddresses(db, gatewayConfigs),
    acls: new Acls(db, gatewayConfigs),
    qoses: new Qoses(db, gatewayConfigs),
    flowLogs: createFlowLogs(db, gatewayConfigs),
    applicationPackages: new ApplicationPackages(db, gatewayConfigs),
    resourceGroups: new ResourceGroups(db),
    upgradePolicies: new UpgradePolicies(db),
    boxes: new Boxes(db, gatewayConfigs),
    inspections: new Inspections(db, gatewayConfigs),
    healthChecks: new HealthChecks(db, gatewayConfigs),
    probeTasks: new ProbeTasks(db, gatewayConfigs),
    diagnoses: new Diagnoses(db),
    routes: new Routes(db, gatewayConfigs),
    gatewayConfigs,
    gatewayHistory: createGatewayHistory(db),
    deviceNetworks: {
      of: (device, now) => deviceNetwork(db, device, now),
      top: (by, of, now) => topOf(db, by, of, now),
    },
    series: new Series(db),
    accessPoints: new AccessPoints(db, gatewayConfigs),
    ram: createRam(db, sealer),
    sessions: new StsSessions(db, sealer),
    consoleSessions: new ConsoleSessions(db),
    audit: new AuditTrail(inUnit(db)),
    alerts: new Alerts(db, sealer),
    jobs: new Jobs(db, sealer),
  }
}

/** Told once a unit of work is durable: the gateways whose configuration it has changed. Waits for none of them. */
export type TellGateways = (
  serials: ReadonlySet<string>,
  /** Sessions of remote users that were ended or changed, by the point of presence that has their tunnels. */
  sessions?: ReadonlyMap<string, ReadonlySet<string>>,
) => void

/**
 * One unit of work that changes things, and the record of what became of it where one is asked for. Whatever it does to
 * gateways' configurations they are told when it is durable.
 */
export async function writeUnit<T>(
  { store, sealer, businessClock, tellGateways }: UnitContext,
  work: (repositories: Repositories) => Promise<T>,
  audit?: (outcome: Outcome<T>) => AuditEntry,
  keepsTo?: InstanceFootprint,
): Promise<T> {
  let changed: ReadonlySet<string> | undefined
  let sessions: ReadonlyMap<string, ReadonlySet<string>> | undefined
  const unit = (tx: Writer): Promise<T> => {
    const repositories = createRepositories(tx, sealer, businessClock)
    // Of the last run only: nothing of an earlier one remains.
    changed = repositories.gatewayConfigs.changed
    sessions = repositories.remoteUsers.changed
    return work(repositories)
  }
  const result = await (audit === undefined ? store.write(unit, keepsTo) : store.writeAudited(unit, audit, keepsTo))
  if (changed !== undefined && sessions !== undefined && changed.size + sessions.size > 0)
    tellGateways(changed, sessions)
  return result
}

export interface UnitContext {
  readonly store: Store
  readonly sealer?: Sealer | undefined
  /** Of orders and subscriptions; without it the wall clock. */
  readonly businessClock?: (() => number) | undefined
  readonly tellGateways: TellGateways
}

export interface Units {
  read<T>(work: (repositories: Repositories) => Promise<T>): Promise<T>
  write<T>(work: (repositories: Repositories) => Promise<T>): Promise<T>
}

/** Units of work for operations that wait for a gateway or a mail server between two of them. */
export function createUnits(context: UnitContext): Units {
  return {
    read: <T>(work: (repositories: Repositories) => Promise<T>): Promise<T> =>
      context.store.read((db) => work(createRepositories(db, context.sealer))),
    write: <T>(work: (repositories: Repositories) => Promise<T>): Promise<T> => writeUnit(context, work),
  }
}

/** What an operation of transaction `device` or `listing` has outside its units of work: single looks at the fleet and at the audit trail. */
export function committedRepositories(store: Store, sealer?: Sealer): Repositories {
  return {
    fleet: createCommittedFleet(store, sealer),
    networks: onlyInUnit,
    remoteUsers: onlyInUnit,
    enterpriseCodes: onlyInUnit,
    sizeOrders: onlyInUnit,
    addresses: onlyInUnit,
    acls: onlyInUnit,
    qoses: onlyInUnit,
    flowLogs: onlyInUnit,
    applicationPackages: onlyInUnit,
    resourceGroups: onlyInUnit,
    upgradePolicies: onlyInUnit,
    boxes: onlyInUnit,
    inspections: onlyInUnit,
    healthChecks: onlyInUnit,
    probeTasks: onlyInUnit,
    diagnoses: onlyInUnit,
    routes: onlyInUnit,
    gatewayConfigs: onlyInUnit,
    gatewayHistory: onlyInUnit,
    deviceNetworks: onlyInUnit,
    series: onlyInUnit,
    accessPoints: onlyInUnit,
    ram: onlyInUnit,
    sessions: onlyInUnit,
    consoleSessions: onlyInUnit,
    audit: new AuditTrail(inParts(store)),
    alerts: onlyInUnit,
    jobs: onlyInUnit,
  }
}

/** Stands where a unit of work is needed: whoever uses it is told. */
const onlyInUnit = new Proxy({} as never, {
  get(): never {
    throw new Error('An operation that reaches gateways, or lists very many, meets this only inside a unit of work.')
  },
})
