import type { FiveTuple } from './five-tuple.ts'

/** Divides what the gateways of its instances send: throttling rules are the classes, classification rules fill them. */
export interface Qos {
  readonly id: string
  readonly accountId: string
  readonly regionId: string
  readonly name: string
  readonly description: string | undefined
  readonly createdAt: number
  readonly resourceGroupId?: string | undefined
}

export const limitTypes = ['Absolute', 'Percent'] as const
export const percentSources = ['CcnBandwidth', 'InternetUpBandwidth'] as const

/** A class of traffic; the bandwidths of the other type than its own are 0. */
export interface BandwidthLimit {
  readonly limitType: (typeof limitTypes)[number]
  /** Mbit/s. */
  readonly minAbs: number
  readonly maxAbs: number
  readonly minPercent: number
  readonly maxPercent: number
  /** What the percentages are of; kept for absolute limits, too (S). */
  readonly percentSource: (typeof percentSources)[number]
}

/** A throttling rule (CAR: committed access rate). */
export interface QosCar extends BandwidthLimit {
  readonly id: string
  readonly qosId: string
  readonly name: string | undefined
  readonly description: string | undefined
  /** 1 comes first. */
  readonly priority: number
  readonly createdAt: number
}

/** A classification rule: its packets belong to the throttling rule of its priority (D), of several to the oldest (C). */
export interface QosPolicy extends FiveTuple {
  readonly id: string
  readonly qosId: string
  readonly name: string | undefined
  readonly description: string | undefined
  readonly priority: number
  /** As they were sent (S); undefined: open. */
  readonly startTime: string | undefined
  readonly endTime: string | undefined
  readonly createdAt: number
}

/** An account has as many at most (D). */
export const qosLimit = 10
/** Throttling rules of one QoS (D). */
export const carLimit = 3
/** Classification rules of one priority (D, the number C). */
export const policyLimit = 50
/** Pages say 1–3 and 1–7; the tests of the Terraform provider create all seven (S). */
export const lowestPriority = 7

/** As pages have it in several ways, each of them allowed (C): 1–512 characters, the first a letter or Chinese character. */
export function isQosDescription(text: string): boolean {
  return /^[A-Za-z\u4e00-\u9fa5][A-Za-z0-9\u4e00-\u9fa5._ -]{0,511}$/.test(text)
}

/**
 * The limit without what the other type has; undefined: the bandwidths of its own type are no range. Those are whole numbers
 * from 1, percentages up to 100, and the greater one is greater (D).
 */
export function bandwidthLimit(limit: BandwidthLimit): BandwidthLimit | undefined {
  const { limitType, minAbs, maxAbs, minPercent, maxPercent } = limit
  const [min, max] = limitType === 'Absolute' ? [minAbs, maxAbs] : [minPercent, maxPercent]
  if (min < 1 || max <= min || (limitType === 'Percent' && max > 100)) return undefined
  // The Terraform provider sends the other pair as 0 in the call that switches (S).
  return limitType === 'Absolute' ? { ...limit, minPercent: 0, maxPercent: 0 } : { ...limit, minAbs: 0, maxAbs: 0 }
}

/** `YYYY-MM-DDThh:mm:ss+0800`, in milliseconds since 1970; undefined: it is no such time, or a date that there is not. */
export function qosTime(text: string): number | undefined {
  const [, local] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\+0800$/.exec(text) ?? []
  if (local === undefined) return undefined
  const utc = Date.parse(`${local}Z`)
  // The 30th of February would be the 1st or 2nd of March.
  if (Number.isNaN(utc) || new Date(utc).toISOString() !== `${local}.000Z`) return undefined
  return utc - 8 * 60 * 60 * 1000
}

/** It ends after it starts. One that is open on a side does. */
export function isTimeSpan({ startTime, endTime }: Pick<QosPolicy, 'startTime' | 'endTime'>): boolean {
  if (startTime === undefined || endTime === undefined) return true
  return (qosTime(startTime) ?? 0) < (qosTime(endTime) ?? 0)
}
