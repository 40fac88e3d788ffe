import type { Selectable } from 'kysely'
import type { FlowLog, FlowLogOutput, FlowLogSettings } from '../../model/flow-log.ts'
import { onPage } from '../../model/on-page.ts'
import type { Page } from '../fleet/fleet.ts'
import type { GatewayConfigs } from '../gateways/configurations.ts'
import type { Reader, Writer } from '../store.ts'
import type { FlowLogTable } from './tables.ts'

export interface FlowLogFilter {
  readonly accountId: string
  readonly regionId: string
  readonly id?: string | undefined
  /** Parts of the texts. */
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly outputType?: FlowLogOutput | undefined
  readonly isActive?: boolean | undefined
}

/** Flow logs and the instances that have them, inside one unit of work. */
export class FlowLogs {
  readonly #db: Reader | Writer
  readonly #gatewayConfigs: GatewayConfigs

  constructor(db: Reader | Writer, gatewayConfigs: GatewayConfigs) {
    this.#db = db
    this.#gatewayConfigs = gatewayConfigs
  }

  /** Of this account and region. */
  async find(accountId: string, regionId: string, id: string): Promise<FlowLog | undefined> {
    const row = await this.#db
      .selectFrom('flow_log')
      .selectAll()
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .where('region_id', '=', regionId)
      .executeTakeFirst()
    return row && flowLogOfRow(row)
  }

  async count(accountId: string): Promise<number> {
    const { total } = await this.#db
      .selectFrom('flow_log')
      .where('account_id', '=', accountId)
      .select((eb) => eb.fn.countAll().as('total'))
      .executeTakeFirstOrThrow()
    return Number(total)
  }

  /** Oldest first. An account has so few that the texts are compared here, the same on both databases. */
  async list(
    filter: FlowLogFilter,
    page: Page,
  ): Promise<{ readonly total: number; readonly logs: readonly (FlowLog & { readonly instances: number })[] }> {
    const rows = await this.#db
      .selectFrom('flow_log')
      .selectAll()
      .where('account_id', '=', filter.accountId)
      .where('region_id', '=', filter.regionId)
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    const matching = rows.map(flowLogOfRow).filter((log) => isWanted(log, filter))
    const logs: (FlowLog & { readonly instances: number })[] = []
    for (const log of onPage(matching, page.number, page.size)) {
      logs.push({ ...log, instances: (await this.instancesOf(log.id)).length })
    }
    return { total: matching.length, logs }
  }

  /** Ids of the instances that have it, the oldest first. */
  async instancesOf(id: string): Promise<readonly string[]> {
    const rows = await this.#db
      .selectFrom('instance')
      .select('id')
      .where('flow_log_id', '=', id)
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    return rows.map((row) => row.id)
  }

  async add(log: FlowLog): Promise<void> {
    const { id, accountId, regionId, isActive, createdAt } = log
    await (this.#db as Writer)
      .insertInto('flow_log')
      .values({
        ...{ id, account_id: accountId, region_id: regionId, active: Number(isActive), created_at: createdAt },
        resource_group_id: null,
        ...columnsOf(log),
      })
      .execute()
  }

  /** Its instances' gateways hold what follows from it. */
  async edit(id: string, settings: FlowLogSettings): Promise<void> {
    await (this.#db as Writer).updateTable('flow_log').set(columnsOf(settings)).where('id', '=', id).execute()
    await this.#refresh(id)
  }

  async setActive(id: string, isActive: boolean): Promise<void> {
    await (this.#db as Writer)
      .updateTable('flow_log')
      .set({ active: Number(isActive) })
      .where('id', '=', id)
      .execute()
    await this.#refresh(id)
  }

  /** No instance has it. */
  async remove(id: string): Promise<void> {
    await (this.#db as Writer).deleteFrom('flow_log').where('id', '=', id).execute()
  }

  /** @param id undefined: the instance has none any more */
  async setOf(instanceId: string, id: string | undefined): Promise<void> {
    await (this.#db as Writer)
      .updateTable('instance')
      .set({ flow_log_id: id ?? null })
      .where('id', '=', instanceId)
      .execute()
    await this.#gatewayConfigs.refresh(instanceId)
  }

  async #refresh(id: string): Promise<void> {
    for (const instance of await this.instancesOf(id)) await this.#gatewayConfigs.refresh(instance)
  }
}

export function createFlowLogs(db: Reader | Writer, gatewayConfigs: GatewayConfigs): FlowLogs {
  return new FlowLogs(db, gatewayConfigs)
}

/** That of an instance. */
export async function flowLogOf(db: Reader, instanceId: string): Promise<FlowLog | undefined> {
  const row = await db
    .selectFrom('flow_log')
    .innerJoin('instance', 'instance.flow_log_id', 'flow_log.id')
    .selectAll('flow_log')
    .where('instance.id', '=', instanceId)
    .executeTakeFirst()
  return row && flowLogOfRow(row)
}

function isWanted(log: FlowLog, { id, name = '', description = '', outputType, isActive }: FlowLogFilter): boolean {
  return (
    (id ?? log.id) === log.id &&
    log.name.includes(name) &&
    log.description.includes(description) &&
    (outputType ?? log.outputType) === log.outputType &&
    (isActive ?? log.isActive) === log.isActive
  )
}

function columnsOf(log: FlowLogSettings) {
  return {
    name: log.name,
    description: log.description,
    output_type: log.outputType,
    project: log.project,
    logstore: log.logstore,
    sls_region: log.slsRegion,
    server_ip: log.serverIp,
    server_port: log.serverPort,
    netflow_version: log.netflowVersion,
    active_aging: log.activeAging,
    inactive_aging: log.inactiveAging,
  }
}

function flowLogOfRow(row: Selectable<FlowLogTable>): FlowLog {
  return {
    id: row.id,
    accountId: row.account_id,
    regionId: row.region_id,
    name: row.name,
    description: row.description,
    outputType: row.output_type,
    project: row.project,
    logstore: row.logstore,
    slsRegion: row.sls_region,
    serverIp: row.server_ip,
    serverPort: row.server_port,
    netflowVersion: row.netflow_version,
    activeAging: row.active_aging,
    inactiveAging: row.inactive_aging,
    isActive: row.active === 1,
    createdAt: row.created_at,
    resourceGroupId: row.resource_group_id ?? undefined,
  }
}
