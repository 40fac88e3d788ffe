import { z } from 'zod'
import type { StepOutcome } from '../store/fleet/fleet.ts'
import { command, OperatorRefusal } from './command.ts'
import { inOneUnit } from './unit.ts'

const id = z.string().min(1).describe('Instance id (sag-…)')

function must(outcome: StepOutcome): void {
  if (outcome === 'unknown') throw new OperatorRefusal('The instance does not exist.')
  if (outcome === 'notNow') throw new OperatorRefusal('The state of the subscription does not allow that.')
}

export const billingRenew = command({
  name: 'billing renew',
  about:
    'Extend a subscription and mark its overdue bill as paid. An instance that nobody sold runs without an end again.',
  input: z.object({ id, months: z.coerce.number().int().min(1).max(36).default(1).describe('Calendar months') }),
  positional: ['id'],
  run: (context, input) =>
    inOneUnit(context, async ({ fleet }) => must(await fleet.renew(input.id, input.months, context.clock.now()))),
})

export const billingExpire = command({
  name: 'billing expire',
  about: 'End a subscription now.',
  input: z.object({ id }),
  positional: ['id'],
  run: (context, input) =>
    inOneUnit(context, async ({ fleet }) => must(await fleet.expire(input.id, context.clock.now()))),
})

export const billingOverdue = command({
  name: 'billing overdue',
  about: 'Mark a bill of the instance as unpaid, or with --settled as paid.',
  input: z.object({ id, settled: z.boolean().default(false).describe('Mark the bill as paid') }),
  positional: ['id'],
  run: (context, input) =>
    inOneUnit(context, async ({ fleet }) =>
      must(await fleet.setOverdue(input.id, input.settled ? undefined : context.clock.now())),
    ),
})
