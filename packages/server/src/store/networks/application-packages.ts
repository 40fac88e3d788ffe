import type { Applications, DpiConfig } from '@opensag/protocol'
import type { ApplicationPackage } from '../../model/application-package.ts'
import type { GatewayConfigs } from '../gateways/configurations.ts'
import type { Reader, Writer } from '../store.ts'
import type { ApplicationPackageTable } from './tables.ts'

/** Application bandwidth packages and the instances in them, inside one unit of work. */
export class ApplicationPackages {
  readonly #db: Reader | Writer
  readonly #gatewayConfigs: GatewayConfigs

  constructor(db: Reader | Writer, gatewayConfigs: GatewayConfigs) {
    this.#db = db
    this.#gatewayConfigs = gatewayConfigs
  }

  async all(): Promise<readonly ApplicationPackage[]> {
    const rows = this.#db.selectFrom('application_package').selectAll().orderBy('created_at').orderBy('id')
    return (await rows.execute()).map(packageOf)
  }

  async byId(id: string): Promise<ApplicationPackage | undefined> {
    const row = await this.#db.selectFrom('application_package').selectAll().where('id', '=', id).executeTakeFirst()
    return row && packageOf(row)
  }

  /** Of this account and region. */
  async find(accountId: string, regionId: string, id: string): Promise<ApplicationPackage | undefined> {
    const found = await this.byId(id)
    return found?.accountId === accountId && found.regionId === regionId ? found : undefined
  }

  async add(one: ApplicationPackage): Promise<void> {
    const { id, accountId, regionId, name, bandwidth, applications, createdAt } = one
    await (this.#db as Writer)
      .insertInto('application_package')
      .values({
        ...{ id, account_id: accountId, region_id: regionId, name, bandwidth, created_at: createdAt },
        applications: JSON.stringify(applications),
      })
      .execute()
  }

  /** No instance is in it any more. */
  async remove(id: string): Promise<void> {
    for (const instance of (await this.shares(id)).keys()) await this.leave(instance)
    await (this.#db as Writer).deleteFrom('application_package').where('id', '=', id).execute()
  }

  /** Mbit/s, by the instances that are in it. */
  async shares(id: string): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#db
      .selectFrom('instance')
      .select(['id', 'application_bandwidth'])
      .where('application_package_id', '=', id)
      .orderBy('id')
      .execute()
    return new Map(rows.map((row) => [row.id, row.application_bandwidth ?? 0]))
  }

  /** An instance is in one package at most: it leaves the one before. */
  async join(instanceId: string, id: string, bandwidth: number): Promise<void> {
    await this.#set(instanceId, { application_package_id: id, application_bandwidth: bandwidth })
  }

  async leave(instanceId: string): Promise<void> {
    await this.#set(instanceId, { application_package_id: null, application_bandwidth: null })
  }

  async #set(
    instanceId: string,
    columns: { application_package_id: string | null; application_bandwidth: number | null },
  ): Promise<void> {
    await (this.#db as Writer).updateTable('instance').set(columns).where('id', '=', instanceId).execute()
    await this.#gatewayConfigs.refresh(instanceId)
  }
}

/** What gateways of an instance are told; undefined: it is in no package. */
export async function acceleratedOf(db: Reader, instanceId: string): Promise<DpiConfig['accelerated']> {
  const row = await db
    .selectFrom('instance')
    .innerJoin('application_package', 'application_package.id', 'instance.application_package_id')
    .select(['instance.application_bandwidth', 'application_package.applications'])
    .where('instance.id', '=', instanceId)
    .executeTakeFirst()
  if (row === undefined || row.application_bandwidth === null) return undefined
  return { megabits: row.application_bandwidth, applications: JSON.parse(row.applications) as Applications }
}

function packageOf(row: ApplicationPackageTable): ApplicationPackage {
  return {
    id: row.id,
    accountId: row.account_id,
    regionId: row.region_id,
    name: row.name,
    bandwidth: row.bandwidth,
    applications: JSON.parse(row.applications) as Applications,
    createdAt: row.created_at,
  }
}
