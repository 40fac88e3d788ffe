import { isActivated } from './activation.ts'
import type { Instance } from './instance.ts'

/** How far an instance's order has come. `activated` covers a vCPE or App that serves. */
export type OrderState = 'unpaid' | 'ordered' | 'delivered' | 'received' | 'activated' | 'returning'

export type OrderStep = 'pay' | 'ship' | 'arrive' | 'activate' | 'return'

type Course = Readonly<Record<OrderState, Readonly<Partial<Record<OrderStep, OrderState>>>>>

const shipped: Course = {
  unpaid: { pay: 'ordered' },
  ordered: { ship: 'delivered' },
  delivered: { arrive: 'received', return: 'returning' },
  received: { activate: 'activated', return: 'returning' },
  activated: {},
  returning: {},
}

/** Which step leads where; a step that is not listed is not allowed (D; the course of an owned box is C). */
const courses: Readonly<Record<'shipped' | 'owned' | 'nothingToShip', Course>> = {
  shipped,
  owned: { ...shipped, unpaid: { pay: 'received' } },
  nothingToShip: { ...shipped, unpaid: { pay: 'activated' } },
}

type Bought = Pick<Instance, 'kind' | 'alreadyHaveSag'>

function courseOf(order: Bought): Course {
  if (order.kind !== 'hardware') return courses.nothingToShip
  return order.alreadyHaveSag ? courses.owned : courses.shipped
}

export function orderState(instance: Instance, now: number): OrderState {
  if (instance.returningAt !== undefined) return 'returning'
  if (isActivated(instance, now)) return 'activated'
  if (instance.paidAt === undefined) return 'unpaid'
  if (instance.arrivedAt !== undefined) return 'received'
  return instance.shippedAt === undefined ? 'ordered' : 'delivered'
}

/** Where a step leads from here, undefined when it is not allowed. */
export function stateAfter(instance: Instance, step: OrderStep, now: number): OrderState | undefined {
  return courseOf(instance)[orderState(instance, now)][step]
}

/** The facts a step leaves behind. */
export interface OrderFacts {
  readonly paidAt?: number
  readonly shippedAt?: number
  readonly arrivedAt?: number
  readonly activatedAt?: number
  readonly returningAt?: number
}

export function factsOfStep(order: Bought, step: OrderStep, at: number): OrderFacts {
  switch (step) {
    case 'pay':
      return courseOf(order).unpaid.pay === 'received' ? { paidAt: at, arrivedAt: at } : { paidAt: at }
    case 'ship':
      return { shippedAt: at }
    case 'arrive':
      return { arrivedAt: at }
    case 'activate':
      return { activatedAt: at }
    case 'return':
      return { returningAt: at }
  }
}
