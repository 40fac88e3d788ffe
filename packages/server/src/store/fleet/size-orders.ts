import type { Reader, Writer } from '../store.ts'

/** The size of a SAG APP instance. */
export interface AppSize {
  readonly userCount: number
  /** GB per account and month. */
  readonly dataPlan: number
}

/** Orders that change the size of a SAG APP instance, until they are paid; inside one unit of work. */
export class SizeOrders {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  async place(orderId: string, instanceId: string, size: AppSize, at: number): Promise<void> {
    await (this.#db as Writer)
      .insertInto('size_order')
      .values({
        id: orderId,
        instance_id: instanceId,
        user_count: size.userCount,
        data_plan: size.dataPlan,
        created_at: at,
      })
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
    await this.resize(order.instance_id, { userCount: order.user_count, dataPlan: order.data_plan })
    await (this.#db as Writer).deleteFrom('size_order').where('id', '=', orderId).execute()
    return order.instance_id
  }

  async resize(instanceId: string, { userCount, dataPlan }: AppSize): Promise<void> {
    await (this.#db as Writer)
      .updateTable('instance')
      .set({ user_count: userCount, data_plan: dataPlan })
      .where('id', '=', instanceId)
      .execute()
  }
}

export function createSizeOrders(db: Reader | Writer): SizeOrders {
  return new SizeOrders(db)
}
