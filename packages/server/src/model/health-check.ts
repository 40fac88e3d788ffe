import { type HealthReport, type HealthStatus, mostHealthChecks, type WireHealthCheck } from '@opensag/protocol'
import { numberToIpv4 } from '@opensag/rules'

/** What a health check sends and how it judges the answers. Times are milliseconds. */
export interface HealthCheckSettings {
  readonly name: string
  readonly description: string | undefined
  readonly source: number
  readonly destination: number
  /** Kept and shown; echo requests have no ports (D). */
  readonly sourcePort: number | undefined
  readonly destinationPort: number | undefined
  readonly interval: number
  readonly count: number
  readonly timeout: number
  /** −1: no answer is too slow. */
  readonly slow: number
  readonly slowAnswers: number
  readonly failures: number
}

export interface HealthCheck extends HealthCheckSettings {
  readonly id: string
  readonly instanceId: string
  /** Raised with each change of the settings: what was reported of earlier ones counts for nothing. */
  readonly generation: number
  readonly createdAt: number
}

/** Of one instance. No number is published (C): each is a program that a small box starts again and again. */
export const healthCheckLimit = mostHealthChecks

/** D. */
export const healthCheckDefaults = {
  ...{ interval: 2_000, count: 1, timeout: 1_000, slow: -1, slowAnswers: 3, failures: 3 },
} as const

/** What a gateway is told of it. */
export function wireHealthCheck(check: HealthCheck): WireHealthCheck {
  return {
    id: check.id,
    generation: check.generation,
    from: numberToIpv4(check.source),
    to: numberToIpv4(check.destination),
    intervalMs: check.interval,
    count: check.count,
    timeoutMs: check.timeout,
    failures: check.failures,
    ...(check.slow < 0 ? {} : { slowMs: check.slow }),
    slowAnswers: check.slowAnswers,
  }
}

/** How it stands by the last report of the gateway that has the traffic; undefined: there is no report. */
export function statusIn(report: HealthReport | undefined, { id, generation }: HealthCheck): HealthStatus {
  return report?.find((one) => one.id === id && one.generation === generation)?.status ?? 'unknown'
}
