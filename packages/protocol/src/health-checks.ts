import { z } from 'zod'

const id = z.string().regex(/^hc-[a-z0-9]{1,40}$/)
/** Which settings of a health check these are: each change of them has the next number. */
const generation = z.int().positive()

/** Of one instance. */
export const mostHealthChecks = 10

/** What a gateway probes, and what it makes of the answers (docs/network.md, "Health checks"). */
export const healthCheckSchema = z.object({
  id,
  generation,
  /** The address of the gateway that echo requests come from. */
  from: z.ipv4(),
  to: z.ipv4(),
  /** Milliseconds from the beginning of one round of probes to that of the next. */
  intervalMs: z.int().min(1_000).max(60_000),
  /** Probes of one round, one after another. */
  count: z.int().min(1).max(20),
  timeoutMs: z.int().min(10).max(30_000),
  /** Probes in a row without an answer that make it fail. */
  failures: z.int().min(1).max(15),
  /** An answer that takes longer is slow; absent: none is. */
  slowMs: z.int().min(1).max(5_000).optional(),
  /** Slow answers in a row that make it fail. */
  slowAnswers: z.int().min(1).max(15),
})

/** `unknown`: nothing could be sent yet, or not any more, as where the gateway does not have the address to send from. */
export const healthStatuses = ['success', 'failed', 'unknown'] as const

/** How things stand with the health checks of a gateway: all of them, after each change. */
export const healthReportSchema = z
  .array(
    z.object({
      id,
      generation,
      status: z.enum(healthStatuses),
      /** Milliseconds since 1970, by the clock of the gateway. */
      since: z.int().nonnegative(),
    }),
  )
  .max(mostHealthChecks)
  .readonly()

export type WireHealthCheck = Readonly<z.infer<typeof healthCheckSchema>>
export type HealthStatus = (typeof healthStatuses)[number]
export type HealthReport = Readonly<z.infer<typeof healthReportSchema>>
