import { long, type Param, type Refusal, type Texts } from '../../../declare/index.ts'
import type { Instance } from '../../../model/instance.ts'
import { isBandwidth } from '../../../model/specification.ts'
import type { OperationContext } from '../../context.ts'

/** Why both operations answer codes that their tables do not list. */
export const noCodeForBandwidth: Texts = {
  en: 'The table lists codes for accounts and their traffic only; this one is of the twin operations.',
  zh: '该表仅有客户端账号与流量套餐的错误码，采用同类操作的错误码。',
}

export const bandwidthSpec: Param<string | undefined, 'InvalidParameter'> = long()
  .invalid('InvalidParameter')
  .example('20')
  .about(
    'Bandwidth from then on, in Mbit/s: 2–50 for sag-100wm, 10–500 for sag-1000, 10–1000 for sag-vcpe.',
    '新的带宽峰值，单位 Mbit/s：sag-100wm 为 2～50，sag-1000 为 10～500，sag-vcpe 为 10～1000。',
  )

interface Context extends Pick<OperationContext, 'sizeOrders' | 'ids' | 'now' | 'shop'> {
  readonly fail: (code: 'InvalidParameter') => Refusal
}

interface Ordered {
  readonly BandWidthSpec: string | undefined
  readonly AutoPay: boolean
}

/**
 * What UpgradeSmartAccessGateway and DowngradeSmartAccessGateway do to an instance with gateways. The present bandwidth may be
 * ordered again by either: a call whose answer was lost can be repeated (C).
 */
export async function orderBandwidth(
  { sizeOrders, ids, now, shop, fail }: Context,
  { id, spec, maxBandwidth: present }: Instance,
  { BandWidthSpec, AutoPay }: Ordered,
  way: 'up' | 'down',
): Promise<{ readonly OrderId: string }> {
  const maxBandwidth = Number(BandWidthSpec)
  if (BandWidthSpec === undefined || spec === 'sag-software' || !isBandwidth(spec, maxBandwidth)) {
    throw fail('InvalidParameter')
  }
  if (way === 'up' ? maxBandwidth < present : maxBandwidth > present) throw fail('InvalidParameter')

  const orderId = ids.order()
  if (AutoPay || !shop) await sizeOrders.resize(id, { maxBandwidth })
  else await sizeOrders.place(orderId, id, { maxBandwidth }, now)
  return { OrderId: orderId }
}
