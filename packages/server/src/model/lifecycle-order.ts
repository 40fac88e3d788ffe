import { selfActivationMs } from './activation.ts'
import { explore, type Happening, type Lifecycle, type Named, type Rules } from './explore.ts'
import type { Instance } from './instance.ts'
import { blankInstance } from './lifecycle-start.ts'
import { factsOfStep, type OrderStep, orderState, stateAfter } from './order.ts'

/** The business clock stands still but for the one leap that matters: {@link selfActivationMs}. */
export interface Placed {
  readonly instance: Instance
  readonly now: number
}

const steps = {
  pay: { en: 'order paid', zh: '订单支付' },
  ship: { en: 'shipped', zh: '发货' },
  arrive: { en: 'arrived', zh: '到货' },
  activate: { en: 'ActivateSmartAccessGateway', zh: 'ActivateSmartAccessGateway' },
  return: { en: 'sent back', zh: '退货' },
} as const satisfies Record<OrderStep, Named>

export const orderSteps = Object.keys(steps) as readonly OrderStep[]

export function afterStep({ instance, now }: Placed, step: OrderStep): Placed | undefined {
  if (stateAfter(instance, step, now) === undefined) return undefined
  return { instance: { ...instance, ...factsOfStep(instance, step, now) }, now }
}

export const orderHappenings: readonly Happening<Placed>[] = [
  ...orderSteps.map((step) => ({ event: steps[step], after: (facts: Placed) => afterStep(facts, step) })),
  {
    event: { en: '15 days after arrival', zh: '到货 15 天后' },
    after: ({ instance }) =>
      instance.arrivedAt === undefined ? undefined : { instance, now: instance.arrivedAt + selfActivationMs },
  },
]

/** The courses an order can take: hardware that is shipped, a box the buyer owns, and what needs no shipment. */
export const orderRules: readonly Rules<Placed>[] = [
  ['shipped hardware', '发货的硬件', {}],
  ['hardware the buyer owns', '自有硬件', { alreadyHaveSag: true }],
  ['vCPE and App', 'vCPE 与 App', { kind: 'vcpe', spec: 'sag-vcpe' }],
].map(([en, zh, facts]) => ({
  name: { en: `Order of ${en}`, zh: `订单：${zh}` },
  about: {
    en: 'How far the order of an instance has come.',
    zh: '实例订单的进度。',
  },
  start: { instance: blankInstance(facts as Partial<Instance>), now: 0 },
  stateOf: ({ instance, now }) => orderState(instance, now),
  happenings: orderHappenings,
}))

export const orderLifecycles: readonly Lifecycle[] = orderRules.map(explore)
