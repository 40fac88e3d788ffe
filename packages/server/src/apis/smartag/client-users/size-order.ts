import type { Refusal } from '../../../declare/index.ts'
import { dataPlan } from '../../../model/client-user.ts'
import type { OperationContext } from '../../context.ts'

interface Context extends Pick<OperationContext, 'caller' | 'fleet' | 'sizeOrders' | 'ids' | 'now' | 'shop'> {
  readonly fail: (code: 'SAG.InstanceNoFound' | 'SAG.InvalidUserCount') => Refusal
}

interface Ordered {
  readonly RegionId: string
  readonly SmartAGId: string
  readonly UserCount: number
  readonly AutoPay: boolean
}

/**
 * What UpgradeSmartAccessGatewaySoftware and DowngradeSmartAccessGatewaySoftware do. The present size may be ordered
 * again by either: a call whose answer was lost can be repeated (C).
 */
export async function orderSize(
  { caller, fleet, sizeOrders, ids, now, shop, fail }: Context,
  { RegionId, SmartAGId, UserCount, AutoPay }: Ordered,
  way: 'up' | 'down',
): Promise<{ readonly OrderId: string }> {
  const app = await fleet.instance(caller.accountId, RegionId, SmartAGId)
  if (app?.kind !== 'app') throw fail('SAG.InstanceNoFound')
  const more = UserCount - (app.userCount ?? 0)
  if (way === 'up' ? more < 0 : more > 0) throw fail('SAG.InvalidUserCount')

  const orderId = ids.order()
  const size = { userCount: UserCount, dataPlan }
  if (AutoPay || !shop) await sizeOrders.resize(app.id, size)
  else await sizeOrders.place(orderId, app.id, size, now)
  return { OrderId: orderId }
}
