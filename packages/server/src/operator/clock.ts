import { z } from 'zod'
import type { BusinessClock } from '../business-clock.ts'
import { command, OperatorMistake } from './command.ts'
import { tellAllNetworks } from './unit.ts'

const hour = 3_600_000

function shown(clock: BusinessClock): Readonly<Record<string, unknown>> {
  return { now: new Date(clock.now()).toISOString(), aheadHours: clock.offset() / hour }
}

export const clockShow = command({
  name: 'clock show',
  about: 'Show the business clock, which drives activation and expiry.',
  sandboxOnly: true,
  input: z.object({}),
  run: async ({ clock }) => shown(clock),
})

export const clockAdvance = command({
  name: 'clock advance',
  about: 'Move the business clock forward. Signatures still follow the real clock.',
  sandboxOnly: true,
  input: z.object({
    days: z.coerce.number().min(0).max(3660).default(0).describe('Days'),
    hours: z.coerce.number().min(0).max(87_840).default(0).describe('Hours'),
  }),
  async run(context, { days, hours }) {
    const { clock } = context
    const step = Math.round((days * 24 + hours) * hour)
    if (step === 0) throw new OperatorMistake('Give --days or --hours.')
    await clock.advance(step)
    // Subscriptions may have ended on the way.
    await tellAllNetworks(context)
    return shown(clock)
  },
})
