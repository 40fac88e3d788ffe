import { z } from 'zod'
import type { ShipOutcome } from '../store/fleet/fleet.ts'
import { orderDetails } from '../store/fleet/order-details.ts'
import { command, OperatorRefusal } from './command.ts'
import { inOneUnit } from './unit.ts'

const id = z.string().min(1).describe('Instance id (sag-…) or order id')

const reasons: Readonly<Record<Exclude<ShipOutcome, 'done'>, string>> = {
  unknown: 'The instance or order does not exist.',
  notNow: 'The state of the order does not allow that.',
  unknownSerial: 'A serial number is not in the inventory.',
  serialBound: 'A serial number is bound to an instance already.',
  tooManySerials: 'An instance has at most two devices.',
}

function must(outcome: ShipOutcome): void {
  if (outcome !== 'done') throw new OperatorRefusal(reasons[outcome])
}

function step(verb: 'pay' | 'arrive' | 'return', about: string) {
  return command({
    name: `order ${verb}`,
    about,
    input: z.object({ id }),
    positional: ['id'],
    run: (context, input) =>
      inOneUnit(context, async ({ fleet, sizeOrders }) => {
        if (verb === 'pay') {
          const resized = await sizeOrders.pay(input.id)
          if (resized !== undefined) return { instanceId: resized, done: verb }
        }
        const instance = (await fleet.instanceByOrder(input.id)) ?? (await fleet.instanceById(input.id))
        must(await fleet.advanceOrder(instance?.id ?? input.id, verb, context.clock.now()))
        return { instanceId: instance?.id, done: verb }
      }),
  })
}

export const orderShow = command({
  name: 'order show',
  about: 'Show what was ordered, what the buyer wrote, and where it is to be sent.',
  input: z.object({ id }),
  positional: ['id'],
  async run({ store }, input) {
    const order = await store.read((db) => orderDetails(db, input.id))
    if (order === undefined) throw new OperatorRefusal(reasons.unknown)
    return order
  },
})

export const orderPay = step('pay', 'Mark an order as paid.')
export const orderArrive = step('arrive', 'Mark a shipped order as arrived.')
export const orderReturn = step('return', 'Mark delivered hardware as being returned.')

export const orderShip = command({
  name: 'order ship',
  about: 'Ship a paid order. The shipped devices are bound to the instance.',
  input: z.object({
    id,
    serial: z.array(z.string()).default([]).describe('Serial numbers of the shipped devices'),
  }),
  positional: ['id'],
  run: (context, input) =>
    inOneUnit(context, async ({ fleet }) => {
      const instance = (await fleet.instanceByOrder(input.id)) ?? (await fleet.instanceById(input.id))
      must(await fleet.ship(instance?.id ?? input.id, input.serial, context.clock.now()))
      return { instanceId: instance?.id, done: 'ship' }
    }),
})
