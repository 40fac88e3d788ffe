import type { OperationContext } from '../context.ts'

/**
 * What follows an order at once. Where there is a shop, it is paid if the buyer wants that. Where there is none, nobody
 * waits for payment or a parcel: the order is paid and has arrived (C).
 */
export async function settleOrder(
  { fleet, now, shop }: Pick<OperationContext, 'fleet' | 'now' | 'shop'>,
  { id, autoPay }: { readonly id: string; readonly autoPay: boolean },
): Promise<void> {
  if (autoPay || !shop) await fleet.advanceOrder(id, 'pay', now)
  if (shop) return
  // Steps that this order does not have, of a box its owner has already or of an App, change nothing.
  await fleet.ship(id, [], now)
  await fleet.advanceOrder(id, 'arrive', now)
}
