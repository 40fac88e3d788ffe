import type { Instance } from '../../model/instance.ts'
import type { Reader } from '../store.ts'

/** What the one who delivers an order has to know. */
export interface OrderDetails {
  readonly orderId: string
  readonly instanceId: string
  readonly spec: Instance['spec']
  readonly haType: Instance['haType']
  readonly months: number
  readonly cpeVersion: string | null
  readonly buyerMessage: string | null
  /** The receiver, by parameter name. */
  readonly receiver: Readonly<Record<string, string>>
}

/** An order by its id or that of the instance it is for. */
export async function orderDetails(db: Reader, id: string): Promise<OrderDetails | undefined> {
  const row = await db
    .selectFrom('instance')
    .select(['id', 'order_id', 'spec', 'ha_type', 'period_months', 'cpe_version', 'buyer_message', 'receiver'])
    .where((eb) => eb.or([eb('order_id', '=', id), eb('id', '=', id)]))
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    orderId: row.order_id,
    instanceId: row.id,
    spec: row.spec,
    haType: row.ha_type,
    months: row.period_months,
    cpeVersion: row.cpe_version,
    buyerMessage: row.buyer_message,
    receiver: row.receiver === null ? {} : JSON.parse(row.receiver),
  }
}
