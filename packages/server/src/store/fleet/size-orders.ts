import { GatewayConfigs } from '../gateways/configurations.ts'
import type { Reader, Writer } from '../store.ts'

/** What an order gives an instance: accounts of a SAG APP instance, or the bandwidth of another one. */
export type Size = AppSize | { readonly maxBandwidth: number }

export interface AppSize {
  readonly userCount: number
  /** GB per account and month. */
  readonly dataPlan: number
}

/** Orders that change the size of an instance, until they are paid; inside one unit of work. */
export class SizeOrders {
  readonly #db: Reader | Writer
  readonly #gatewayConfigs: GatewayConfigs

  constructor(db: Reader | Writer, gatewayConfigs: GatewayConfigs) {
    this.#db = db
    this.#gatewayConfigs = gatewayConfigs
  }

  async place(orderId: string, instanceId: string, size: Size, at: number): Promise<void> {
    const columns = {
      user_count: 0,
      data_plan: 0,
      max_bandwidth: null,
      ...('maxBandwidth' in size
        ? { max_bandwidth: size.maxBandwidth }
        : { user_count: size.userCount, data_plan: size.dataPlan }),
    }
    await (this.#db as Writer)
      .insertInto('size_order')
      .values({ id: orderId, instance_id: instanceId, created_at: at, ...columns })
      .execute()
  }

  /** The instance an order is about, while it waits. */
  async instanceOf(orderId: string): Promise<string | undefined> {
    const order = await this.#db
      .selectFrom('size_order')
      .select('instance_id')
      .where('id', '=', orderId)
      .executeTakeFirst()
    return order?.instance_id
  }

  /** Gives the instance the size that was ordered. Undefined when no such order waits; else the instance's id. */
  async pay(orderId: string): Promise<string | undefined> {
    const order = await this.#db.selectFrom('size_order').selectAll().where('id', '=', orderId).executeTakeFirst()
    if (order === undefined) return undefined
    const { max_bandwidth: maxBandwidth, user_count: userCount, data_plan: dataPlan } = order
    await this.resize(order.instance_id, maxBandwidth === null ? { userCount, dataPlan } : { maxBandwidth })
    await (this.#db as Writer).deleteFrom('size_order').where('id', '=', orderId).execute()
    return order.instance_id
  }

  /** Gateways and points of presence hold a bandwidth from then on. */
  async resize(instanceId: string, size: Size): Promise<void> {
    const columns =
      'maxBandwidth' in size
        ? { max_bandwidth: size.maxBandwidth }
        : { user_count: size.userCount, data_plan: size.dataPlan }
    await (this.#db as Writer).updateTable('instance').set(columns).where('id', '=', instanceId).execute()
    if (!('maxBandwidth' in size)) return
    await this.#gatewayConfigs.refreshNetwork(instanceId)
    // They hold it also where the gateway is told less.
    await this.#gatewayConfigs.tellPops()
  }
}

export function createSizeOrders(db: Reader | Writer, gatewayConfigs = new GatewayConfigs(db)): SizeOrders {
  return new SizeOrders(db, gatewayConfigs)
}
