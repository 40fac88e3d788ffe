import type { ProbeResult } from '@opensag/protocol'
import type { Selectable } from 'kysely'
import { onPage } from '../../model/on-page.ts'
import type { ProbeProtocol, ProbeTask, ProbeTaskSettings } from '../../model/probe-task.ts'
import type { Page } from '../fleet/fleet.ts'
import type { GatewayConfigs } from '../gateways/configurations.ts'
import type { Reader, Writer } from '../store.ts'
import type { ProbeTaskTable } from './tables.ts'

export interface ProbeTaskFilter {
  readonly accountId: string
  readonly regionId: string
  readonly id?: string | undefined
  readonly instanceId?: string | undefined
  readonly serial?: string | undefined
  readonly protocol?: ProbeProtocol | undefined
  /** Parts of the names of the task and of its instance. */
  readonly name?: string | undefined
  readonly instanceName?: string | undefined
}

/** Probe tasks of devices, inside one unit of work. */
export class ProbeTasks {
  readonly #db: Reader | Writer
  readonly #gatewayConfigs: GatewayConfigs

  constructor(db: Reader | Writer, gatewayConfigs: GatewayConfigs) {
    this.#db = db
    this.#gatewayConfigs = gatewayConfigs
  }

  /** Of this device, while it is bound to this instance. */
  async find(instanceId: string, serial: string, id: string): Promise<ProbeTask | undefined> {
    return (await probeTasksOf(this.#db, instanceId)).find((task) => task.serial === serial && task.id === id)
  }

  of(instanceId: string): Promise<readonly ProbeTask[]> {
    return probeTasksOf(this.#db, instanceId)
  }

  /** Oldest first. */
  async list(
    filter: ProbeTaskFilter,
    page: Page,
  ): Promise<{ readonly total: number; readonly tasks: readonly ProbeTask[] }> {
    let matching = this.#db
      .selectFrom('probe_task')
      .innerJoin('instance', 'instance.id', 'probe_task.instance_id')
      .where('instance.account_id', '=', filter.accountId)
      .where('instance.region_id', '=', filter.regionId)
    if (filter.id !== undefined) matching = matching.where('probe_task.id', '=', filter.id)
    if (filter.instanceId !== undefined) matching = matching.where('probe_task.instance_id', '=', filter.instanceId)
    if (filter.serial !== undefined) matching = matching.where('probe_task.serial', '=', filter.serial)
    if (filter.protocol !== undefined) matching = matching.where('probe_task.protocol', '=', filter.protocol)
    const rows = await matching
      .selectAll('probe_task')
      .select('instance.name as instance_name')
      .orderBy('probe_task.created_at')
      .orderBy('probe_task.id')
      .execute()
    // Texts are compared here, the same on both databases.
    const { name = '', instanceName = '' } = filter
    const all = rows
      .filter((row) => (row.name ?? '').includes(name) && (row.instance_name ?? '').includes(instanceName))
      .map(probeTaskOfRow)
    return { total: all.length, tasks: onPage(all, page.number, page.size) }
  }

  /** Its gateway is told. */
  async add(task: ProbeTask): Promise<void> {
    const { id, instanceId, serial, generation, createdAt, modifiedAt } = task
    const own = { id, instance_id: instanceId, serial, generation, created_at: createdAt, modified_at: modifiedAt }
    await this.#writer()
      .insertInto('probe_task')
      .values({ ...own, ...columnsOf(task) })
      .execute()
    await this.#gatewayConfigs.refresh(instanceId)
  }

  async edit({ id, instanceId, generation }: ProbeTask, settings: ProbeTaskSettings, at: number): Promise<void> {
    await this.#writer()
      .updateTable('probe_task')
      .set({ ...columnsOf(settings), generation: generation + 1, modified_at: at })
      .where('id', '=', id)
      .execute()
    await this.#gatewayConfigs.refresh(instanceId)
  }

  async remove({ id, instanceId }: ProbeTask): Promise<void> {
    await this.#writer().deleteFrom('probe_task').where('id', '=', id).execute()
    await this.#gatewayConfigs.refresh(instanceId)
  }

  #writer(): Writer {
    return this.#db as Writer
  }
}

/** Oldest first. */
export async function probeTasksOf(db: Reader, instanceId: string): Promise<readonly ProbeTask[]> {
  const rows = await db
    .selectFrom('probe_task')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(probeTaskOfRow)
}

/** The newest counts. */
export async function saveProbeResults(
  tx: Writer,
  serial: string,
  results: readonly ProbeResult[],
  at: number,
): Promise<void> {
  const report = JSON.stringify(results)
  await tx
    .insertInto('probe_report')
    .values({ serial, at, report })
    .onConflict((conflict) => conflict.column('serial').doUpdateSet({ at, report }))
    .execute()
}

/** What came of the last round of each task of a device. */
export async function probeResultsOf(db: Reader, serial: string): Promise<readonly ProbeResult[]> {
  const row = await db.selectFrom('probe_report').select('report').where('serial', '=', serial).executeTakeFirst()
  return row === undefined ? [] : (JSON.parse(row.report) as readonly ProbeResult[])
}

/** What a device probed, and what it said of it, is its instance's, and not the next one's. */
export async function forgetProbeTasks(tx: Writer, serial: string): Promise<void> {
  for (const table of ['probe_report', 'probe_task'] as const) {
    await tx.deleteFrom(table).where('serial', '=', serial).execute()
  }
}

function columnsOf(settings: ProbeTaskSettings) {
  return {
    name: settings.name ?? null,
    type: settings.type,
    protocol: settings.protocol,
    domain: settings.domain,
    port: settings.port ?? null,
    source: settings.source ?? null,
    packets: settings.packets,
    enabled: Number(settings.isEnabled),
  }
}

function probeTaskOfRow(row: Selectable<ProbeTaskTable>): ProbeTask {
  return {
    id: row.id,
    instanceId: row.instance_id,
    serial: row.serial,
    generation: row.generation,
    name: row.name ?? undefined,
    type: row.type,
    protocol: row.protocol,
    domain: row.domain,
    port: row.port ?? undefined,
    source: row.source ?? undefined,
    packets: row.packets,
    isEnabled: row.enabled === 1,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  }
}
