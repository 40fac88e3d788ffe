import type { HealthReport } from '@opensag/protocol'
import type { Selectable } from 'kysely'
import type { HealthCheck, HealthCheckSettings } from '../../model/health-check.ts'
import { onPage } from '../../model/on-page.ts'
import type { Page } from '../fleet/fleet.ts'
import type { GatewayConfigs } from '../gateways/configurations.ts'
import type { Reader, Writer } from '../store.ts'
import type { HealthCheckTable } from './tables.ts'

export interface HealthCheckFilter {
  readonly id?: string | undefined
  /** A part of the name. */
  readonly name?: string | undefined
}

/** Health checks of instances, inside one unit of work. */
export class HealthChecks {
  readonly #db: Reader | Writer
  readonly #gatewayConfigs: GatewayConfigs

  constructor(db: Reader | Writer, gatewayConfigs: GatewayConfigs) {
    this.#db = db
    this.#gatewayConfigs = gatewayConfigs
  }

  /** Of an instance of this account and region. */
  async find(accountId: string, regionId: string, id: string): Promise<HealthCheck | undefined> {
    const row = await this.#db
      .selectFrom('health_check')
      .innerJoin('instance', 'instance.id', 'health_check.instance_id')
      .selectAll('health_check')
      .where('health_check.id', '=', id)
      .where('instance.account_id', '=', accountId)
      .where('instance.region_id', '=', regionId)
      .executeTakeFirst()
    return row && healthCheckOfRow(row)
  }

  of(instanceId: string): Promise<readonly HealthCheck[]> {
    return healthChecksOf(this.#db, instanceId)
  }

  /** Oldest first. An instance has so few that names are compared here, the same on both databases. */
  async list(
    instanceId: string,
    { id, name = '' }: HealthCheckFilter,
    page: Page,
  ): Promise<{ readonly total: number; readonly checks: readonly HealthCheck[] }> {
    const all = await this.of(instanceId)
    const matching = all.filter((check) => (id ?? check.id) === check.id && check.name.includes(name))
    return { total: matching.length, checks: onPage(matching, page.number, page.size) }
  }

  /** What a gateway said of its health checks last; undefined: nothing. */
  async report(serial: string): Promise<HealthReport | undefined> {
    const row = await this.#db
      .selectFrom('health_report')
      .select('report')
      .where('serial', '=', serial)
      .executeTakeFirst()
    return row && (JSON.parse(row.report) as HealthReport)
  }

  /** The gateways of its instance hold it. */
  async add(check: HealthCheck): Promise<void> {
    const { id, instanceId, generation, createdAt } = check
    await this.#writer()
      .insertInto('health_check')
      .values({ id, instance_id: instanceId, generation, created_at: createdAt, ...columnsOf(check) })
      .execute()
    await this.#gatewayConfigs.refresh(instanceId)
  }

  /** What was reported of the settings before counts for nothing. */
  async edit({ id, instanceId, generation }: HealthCheck, settings: HealthCheckSettings): Promise<void> {
    await this.#writer()
      .updateTable('health_check')
      .set({ ...columnsOf(settings), generation: generation + 1 })
      .where('id', '=', id)
      .execute()
    await this.#gatewayConfigs.refresh(instanceId)
  }

  async remove({ id, instanceId }: HealthCheck): Promise<void> {
    await this.#writer().deleteFrom('health_check').where('id', '=', id).execute()
    await this.#gatewayConfigs.refresh(instanceId)
  }

  #writer(): Writer {
    return this.#db as Writer
  }
}

/** Oldest first. */
export async function healthChecksOf(db: Reader, instanceId: string): Promise<readonly HealthCheck[]> {
  const rows = await db
    .selectFrom('health_check')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(healthCheckOfRow)
}

/** The newest counts. */
export async function saveHealthReport(tx: Writer, serial: string, checks: HealthReport, at: number): Promise<void> {
  const report = JSON.stringify(checks)
  await tx
    .insertInto('health_report')
    .values({ serial, at, report })
    .onConflict((conflict) => conflict.column('serial').doUpdateSet({ at, report }))
    .execute()
}

/** What a gateway said is its instance's, and not the next one's. */
export async function forgetHealthReport(tx: Writer, serial: string): Promise<void> {
  await tx.deleteFrom('health_report').where('serial', '=', serial).execute()
}

function columnsOf(settings: HealthCheckSettings) {
  return {
    name: settings.name,
    description: settings.description ?? null,
    source: settings.source,
    destination: settings.destination,
    source_port: settings.sourcePort ?? null,
    destination_port: settings.destinationPort ?? null,
    interval_ms: settings.interval,
    probe_count: settings.count,
    timeout_ms: settings.timeout,
    slow_ms: settings.slow,
    slow_answers: settings.slowAnswers,
    failures: settings.failures,
  }
}

function healthCheckOfRow(row: Selectable<HealthCheckTable>): HealthCheck {
  return {
    id: row.id,
    instanceId: row.instance_id,
    generation: row.generation,
    name: row.name,
    description: row.description ?? undefined,
    source: row.source,
    destination: row.destination,
    sourcePort: row.source_port ?? undefined,
    destinationPort: row.destination_port ?? undefined,
    interval: row.interval_ms,
    count: row.probe_count,
    timeout: row.timeout_ms,
    slow: row.slow_ms,
    slowAnswers: row.slow_answers,
    failures: row.failures,
    createdAt: row.created_at,
  }
}
