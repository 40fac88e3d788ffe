import { addMonths } from './calendar.ts'
import type { Instance } from './instance.ts'

/** What decides whether an instance is in service. */
export type Service = Pick<
  Instance,
  | 'kind'
  | 'paidAt'
  | 'arrivedAt'
  | 'returningAt'
  | 'activatedAt'
  | 'overdueSince'
  | 'endsAt'
  | 'perpetual'
  | 'periodMonths'
>

/** Hardware nobody activates within this time of its arrival activates itself (D). */
export const selfActivationMs = 15 * 24 * 60 * 60 * 1000

/**
 * When service began: hardware by activation, by hand or by itself; a vCPE or App has no such step and serves from
 * payment on (D). Undefined while it has not.
 */
export function activatedAt(instance: Service, now: number): number | undefined {
  if (instance.kind !== 'hardware') return instance.paidAt
  if (instance.activatedAt !== undefined) return instance.activatedAt
  if (instance.arrivedAt === undefined || instance.returningAt !== undefined) return undefined
  const byItself = instance.arrivedAt + selfActivationMs
  return byItself <= now ? byItself : undefined
}

export function isActivated(instance: Service, now: number): boolean {
  return activatedAt(instance, now) !== undefined
}

/**
 * `EndTime`: where billing set it, else start of service plus the bought calendar months. Undefined before service
 * began, and for an instance that nobody sold: it has no end (C).
 */
export function endTime(instance: Service, now: number): number | undefined {
  if (instance.endsAt !== undefined) return instance.endsAt
  if (instance.perpetual) return undefined
  const start = activatedAt(instance, now)
  return start === undefined ? undefined : addMonths(start, instance.periodMonths)
}

/** Past its end, or a bill is unpaid. At `EndTime` itself the service has stopped (D). */
export function isInArrears(instance: Service, now: number): boolean {
  if (instance.overdueSince !== undefined && instance.overdueSince <= now) return true
  const end = endTime(instance, now)
  return end !== undefined && end <= now
}

/**
 * The end after a renewal: the bought months follow the present end, or now when that has passed, so that a renewal
 * always restores service at once (D). Undefined before service began, where the months add to the period, and for a
 * perpetual instance, which has no end again (C).
 */
export function renewedEnd(instance: Instance, months: number, now: number): number | undefined {
  if (instance.perpetual) return undefined
  const end = endTime(instance, now)
  return end === undefined ? undefined : addMonths(Math.max(end, now), months)
}
