import { Counter, type Registry } from 'prom-client'
import type { AdminPasswords, PasswordOutcome } from '../model/gateway-requests.ts'

const outcomes: readonly (PasswordOutcome | 'error')[] = ['accepted', 'unreachable', 'refused', 'busy', 'error']

/** The same, and each change is counted by its outcome; `error`: the server failed. */
export function countedPasswords(passwords: AdminPasswords, registry: Registry): AdminPasswords {
  const changes = new Counter({
    name: 'opensag_password_changes_total',
    help: 'Changes of administrator passwords by outcome: accepted, unreachable, refused, busy, error.',
    labelNames: ['outcome'],
    registers: [registry],
  })
  // From the start: an alert on a rate needs the 0 before the 1.
  for (const outcome of outcomes) changes.inc({ outcome }, 0)
  return {
    async change(request) {
      try {
        const outcome = await passwords.change(request)
        changes.inc({ outcome })
        return outcome
      } catch (error) {
        changes.inc({ outcome: 'error' })
        throw error
      }
    },
  }
}
