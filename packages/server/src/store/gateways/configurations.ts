import { type ConfigMark, type ConfigStatus, type DpiConfig, givenUp, type WireDnat } from '@opensag/protocol'
import { numberToIpv4 } from '@opensag/rules'
import { aclConfig } from '../../model/acl.ts'
import { type DesiredConfig, needsOf, unconfigured } from '../../model/desired-config.ts'
import type { DnatEntry } from '../../model/dnat.ts'
import { wireFlowLog } from '../../model/flow-log.ts'
import { wireHealthCheck } from '../../model/health-check.ts'
import { advancedMonitor } from '../../model/monitoring.ts'
import { qosConfig } from '../../model/qos-config.ts'
import { wireRouteRule } from '../../model/route-strategy.ts'
import { rulesOf } from '../acls/rules.ts'
import { compiledRow } from '../compiled-query.ts'
import { acceleratedOf } from '../networks/application-packages.ts'
import { dnatEntriesOf } from '../networks/dnat.ts'
import { flowLogOf } from '../networks/flow-logs.ts'
import { findPops } from '../pops/pops.ts'
import { forgetNetworkReports } from '../pops/reports.ts'
import { forgetHealthReport, healthChecksOf } from '../probes/health-checks.ts'
import { forgetProbeTasks } from '../probes/probe-tasks.ts'
import { forgetQuality } from '../probes/quality.ts'
import { carsOf, policiesOf } from '../qos/rules.ts'
import { forgetRoutes } from '../routes/reports.ts'
import { routeStrategiesOf } from '../routes/strategies.ts'
import type { Schema } from '../schema.ts'
import type { Reader, Writer } from '../store.ts'
import { type DeviceColumns, updateDevice } from './device-update.ts'
import { recordEvent } from './events.ts'
import { type Around, ownConfigs } from './own-configs.ts'

/** The configuration gateways and points of presence should hold, inside one unit of work. */
export class GatewayConfigs {
  readonly #db: Reader | Writer
  readonly #businessClock: () => number
  /** Those that have to be told once this unit of work is durable: of their configuration or of their offline lock. */
  readonly changed = new Set<string>()

  /** @param businessClock decides whether a subscription has ended */
  constructor(db: Reader | Writer, businessClock: () => number = Date.now) {
    this.#db = db
    this.#businessClock = businessClock
  }

  /**
   * Makes the gateways of this instance hold what the unit of work has left its settings, blocks, SNAT and DNAT entries,
   * access control list, flow log, health checks, probe tasks and service addresses at: call it after the last of these
   * changes. Without a difference no revision is used up.
   */
  async refresh(instanceId: string): Promise<void> {
    await this.#refresh(instanceId)
  }

  /**
   * The same after a change of what only its network follows from: its CCN, its subscription. Without a point of presence
   * there is no network, and nothing is looked at.
   */
  async refreshNetwork(instanceId: string): Promise<void> {
    if ((await findPops(this.#db)).length > 0) await this.#refresh(instanceId)
  }

  /** Something changed that only points of presence are told of. */
  async tellPops(): Promise<void> {
    for (const { serial } of await findPops(this.#db)) this.changed.add(serial)
  }

  /**
   * Offers the same configuration anew, under a new revision: somebody asks for it although a gateway has given it up.
   */
  async offerAgain(instanceId: string): Promise<void> {
    await this.#refresh(instanceId, 'anew')
  }

  /**
   * This gateway was bound to the instance, or unbound from it: whatever it holds counts for nothing, what it said of its
   * network and its ports, and what was set of these, is of another instance, and from its first gateway on an instance has a configuration.
   */
  async rebound(serial: string, instanceId: string): Promise<void> {
    await forgetNetworkReports(this.#db as Writer, serial)
    await updateDevice(
      this.#db as Writer,
      { box: null, box_writes: null, box_report: null, box_reported_at: null },
      { serial },
    )
    await forgetHealthReport(this.#db as Writer, serial)
    await forgetProbeTasks(this.#db as Writer, serial)
    await forgetQuality(this.#db as Writer, serial)
    await forgetRoutes(this.#db as Writer, serial)
    await this.#refresh(instanceId, 'at any rate')
    this.changed.add(serial)
  }

  async #refresh(instanceId: string, write?: 'at any rate' | 'anew'): Promise<void> {
    const tx = this.#db as Writer
    const pops = await findPops(tx)
    const difference = await refreshConfig(tx, instanceId, { pops, now: this.#businessClock() }, write)
    if (difference === 'none') return
    const devices = await tx.selectFrom('device').select('serial').where('instance_id', '=', instanceId).execute()
    for (const { serial } of devices) this.changed.add(serial)
    if (difference === 'network') for (const { serial } of pops) this.changed.add(serial)
  }
}

/** `network`: also points of presence have to know of the difference. */
async function refreshConfig(
  tx: Writer,
  instanceId: string,
  around: Around,
  write?: 'at any rate' | 'anew',
): Promise<'none' | 'own' | 'network'> {
  const desired = await deriveConfig(tx, instanceId, around)
  // A SAG APP has no gateway; what its users have follows from it at a point of presence.
  if (desired === undefined) return around.pops.length > 0 ? 'network' : 'none'
  const stored = await tx
    .selectFrom('gateway_config')
    .select(['revision', 'config'])
    .where('instance_id', '=', instanceId)
    .executeTakeFirst()
  const config = JSON.stringify(desired)
  const known = stored?.config ?? (write === undefined ? JSON.stringify(unconfigured) : undefined)
  if (config === known && write !== 'anew') return 'none'
  const revision = (stored?.revision ?? 0) + 1
  await tx
    .insertInto('gateway_config')
    .values({ instance_id: instanceId, revision, config })
    .onConflict((conflict) => conflict.column('instance_id').doUpdateSet({ revision, config }))
    .execute()
  const config_needs = needsOf(desired).join(' ') || null
  await tx
    .updateTable('instance')
    .set({ config_revision: revision, config_needs })
    .where('id', '=', instanceId)
    .execute()
  return around.pops.length > 0 && seenByPops(desired) !== seenByPops(parsed(stored?.config)) ? 'network' : 'own'
}

function parsed(config: string | undefined): DesiredConfig {
  return config === undefined ? unconfigured : (JSON.parse(config) as DesiredConfig)
}

/** What of it a point of presence holds too. */
function seenByPops({ cidrs, routingStrategy, snat, dnat, own }: DesiredConfig): string {
  const isMember = Object.values(own).some(({ network }) => network !== undefined)
  const reached = dnat?.flatMap(({ ip }) => ip ?? [])
  const ways = Object.entries(own).map(([serial, { box, ...way }]) => [serial, way])
  return isMember ? JSON.stringify([cidrs, routingStrategy, snat, reached, ways]) : ''
}

async function deriveConfig(db: Writer, instanceId: string, around: Around): Promise<DesiredConfig | undefined> {
  const instance = await db
    .selectFrom('instance')
    .select(['kind', 'region_id', 'routing_strategy', 'security_lock_threshold', 'qos_id', 'acl_id'])
    .select(['dpi_enabled', 'dpi_project', 'dpi_logstore', 'advanced_monitor'])
    .where('id', '=', instanceId)
    .executeTakeFirst()
  if (instance === undefined || instance.kind === 'app') return undefined // it has no gateway
  const blocks = await db
    .selectFrom('instance_cidr')
    .select('cidr')
    .where('instance_id', '=', instanceId)
    .orderBy('position')
    .execute()
  const cidrs = blocks.map(({ cidr }) => cidr)
  const snat = await db
    .selectFrom('snat_entry')
    .select(['cidr', 'snat_ip'])
    .where('instance_id', '=', instanceId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  const dnat = (await dnatEntriesOf(db, instanceId)).map(wireDnat)
  const { qos_id: qosId, acl_id: aclId } = instance
  const qos = qosId === null ? undefined : qosConfig(await carsOf(db, qosId), await policiesOf(db, qosId))
  const acl = aclId === null ? undefined : aclConfig((await rulesOf(db, [aclId])).get(aclId) ?? [])
  const log = await flowLogOf(db, instanceId)
  const flowLog = log?.isActive === true ? wireFlowLog(log) : undefined
  const healthChecks = (await healthChecksOf(db, instanceId)).map(wireHealthCheck)
  const routeRules = (await routeStrategiesOf(db, instanceId)).flatMap(wireRouteRule)
  return {
    cidrs,
    routingStrategy: instance.routing_strategy,
    securityLockThreshold: instance.security_lock_threshold,
    snat: snat.map(({ cidr, snat_ip }) => ({ cidr, ip: numberToIpv4(snat_ip) })),
    ...(dnat.length === 0 ? {} : { dnat }),
    ...(qos === undefined ? {} : { qos }),
    ...(flowLog === undefined ? {} : { flowLog }),
    ...(acl === undefined ? {} : { acl }),
    ...(instance.dpi_enabled === 1 ? { dpi: { ...wireDpi(instance), ...(await acceleration(db, instanceId)) } } : {}),
    ...(healthChecks.length === 0 ? {} : { healthChecks }),
    ...(instance.advanced_monitor === 1 ? { monitor: advancedMonitor } : {}),
    ...(routeRules.length === 0 ? {} : { routeRules }),
    own: await ownConfigs(db, instanceId, around, cidrs),
  }
}

async function acceleration(db: Reader, instanceId: string): Promise<Pick<DpiConfig, 'accelerated'>> {
  const accelerated = await acceleratedOf(db, instanceId)
  return accelerated === undefined ? {} : { accelerated }
}

function wireDpi({
  region_id: region,
  dpi_project: project,
  dpi_logstore: logstore,
}: Pick<Schema['instance'], 'region_id' | 'dpi_project' | 'dpi_logstore'>): DpiConfig {
  return project === null || logstore === null ? {} : { records: { region, project, logstore } }
}

function wireDnat({ protocol, externalIp, externalPort, internalIp, internalPort }: DnatEntry): WireDnat {
  const isOfPorts = externalPort !== 'any' && internalPort !== 'any'
  return {
    ...(externalIp === undefined ? {} : { ip: numberToIpv4(externalIp) }),
    protocol,
    ...(isOfPorts ? { ports: { from: externalPort, to: internalPort } } : {}),
    to: numberToIpv4(internalIp),
  }
}

const wantedBySerial = compiledRow((db: Reader, given: { serial: string }) =>
  db
    .selectFrom('device')
    .innerJoin('gateway_config', 'gateway_config.instance_id', 'device.instance_id')
    .select(['gateway_config.instance_id', 'gateway_config.revision', 'gateway_config.config'])
    .where('device.serial', '=', given.serial),
)

/** The newest configuration of the instance a gateway is bound to; undefined when it is bound to none. */
export async function findDesiredConfig(
  db: Reader,
  serial: string,
): Promise<(ConfigMark & { readonly config: DesiredConfig }) | undefined> {
  const row = await wantedBySerial(db, { serial })
  return row && { instanceId: row.instance_id, revision: row.revision, config: JSON.parse(row.config) as DesiredConfig }
}

/** Columns that the status of a configuration is compared with. */
export const beforeStatus = ['serial', 'instance_id', 'reverted_revision'] as const

type BeforeStatus = Pick<Schema['device'], (typeof beforeStatus)[number]>

const configStatusBySerial = compiledRow((db: Reader, given: { serial: string }) =>
  db.selectFrom('device').select(beforeStatus).where('serial', '=', given.serial),
)

/** What a gateway said of its configuration. */
export async function saveConfigStatus(tx: Writer, serial: string, status: ConfigStatus, at: number): Promise<void> {
  const { columns, gaveUp } = statusColumns(await configStatusBySerial(tx, { serial }), status, at)
  await updateDevice(tx, columns, { serial })
  if (gaveUp !== undefined) await recordReverted(tx, serial, gaveUp, at)
}

/** An event of its own: the configuration that the gateway gave up, and why. */
export async function recordReverted(tx: Writer, serial: string, gaveUp: string, at: number): Promise<void> {
  await recordEvent(tx, { serial, kind: 'ConfigurationReverted', at, detail: gaveUp })
}

/** What the status makes of a row. What a gateway holds, or gave up, of an instance it is not bound to is nothing. */
export function statusColumns(
  row: BeforeStatus | undefined,
  status: ConfigStatus,
  at: number,
): { readonly columns: DeviceColumns; readonly gaveUp: string | undefined } {
  // A point of presence is bound to no instance: its configuration is its own.
  const isOwn = (mark: ConfigMark | undefined): boolean =>
    mark !== undefined && row !== undefined && mark.instanceId === (row.instance_id ?? row.serial)
  const { applied, trial, failing } = status
  const reverted = givenUp(status)
  const own = isOwn(reverted) ? reverted : undefined
  const isNews = own !== undefined && row?.reverted_revision !== own.revision
  return {
    gaveUp: isNews ? `revision ${own.revision}: ${own.reason}` : undefined,
    columns: {
      applied_revision: isOwn(applied) ? (applied?.revision ?? 0) : 0,
      config_trial: Number(trial !== undefined && isOwn(applied)),
      config_failing: Number(failing === true),
      reverted_revision: own?.revision ?? null,
      reverted_reason: own?.reason ?? null,
      config_reported_at: at,
    },
  }
}
