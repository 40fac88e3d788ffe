import type { PointQuality } from '@opensag/protocol'
import type { DesiredConfig } from '../../model/desired-config.ts'
import type { Pop } from '../../model/network.ts'
import { partSize } from '../fleet/parts.ts'
import type { GatewayConfigs } from '../gateways/configurations.ts'
import { qualityOf } from '../probes/quality.ts'
import type { Reader, Writer } from '../store.ts'
import { findPops } from './pops.ts'

/** Points of presence as those see them whose gateways have tunnels to them, inside one unit of work. */
export class AccessPoints {
  readonly #db: Reader | Writer
  readonly #gatewayConfigs: GatewayConfigs

  constructor(db: Reader | Writer, gatewayConfigs: GatewayConfigs) {
    this.#db = db
    this.#gatewayConfigs = gatewayConfigs
  }

  /** Those that serve, by number. */
  all(): Promise<readonly Pop[]> {
    return findPops(this.#db)
  }

  /**
   * Serial number of the one that the gateways of each instance are told to prefer, of the next instances by id; an instance
   * without a network has none. `last`: the id to go on after; undefined: these were the last ones.
   */
  async preferred(
    accountId: string,
    regionId: string,
    after: string,
  ): Promise<{ readonly preferred: ReadonlyMap<string, string>; readonly last: string | undefined }> {
    const rows = await this.#db
      .selectFrom('instance')
      .innerJoin('gateway_config', 'gateway_config.instance_id', 'instance.id')
      .select(['instance.id', 'gateway_config.config'])
      .where('instance.account_id', '=', accountId)
      .where('instance.region_id', '=', regionId)
      .where('instance.id', '>', after)
      .orderBy('instance.id')
      .limit(partSize)
      .execute()
    const preferred = new Map<string, string>()
    for (const { id, config } of rows) {
      const networks = Object.values((JSON.parse(config) as DesiredConfig).own).flatMap(({ network }) => network ?? [])
      const pop = networks[0]?.pops[0]
      if (pop !== undefined) preferred.set(id, pop.serial)
    }
    return { preferred, last: rows.length < partSize ? undefined : rows.at(-1)?.id }
  }

  /** What devices measured last of the points that serve, by serial number. */
  quality(serials: readonly string[]): Promise<ReadonlyMap<string, readonly PointQuality[]>> {
    return qualityOf(this.#db, serials)
  }

  /** The gateways of the instance, and the points of presence, hold from then on that this one comes first. */
  async move(instanceId: string, serial: string): Promise<void> {
    await (this.#db as Writer)
      .updateTable('instance')
      .set({ access_point: serial })
      .where('id', '=', instanceId)
      .execute()
    await this.#gatewayConfigs.refreshNetwork(instanceId)
  }
}
