import { z } from 'zod'

/** Of one gateway. */
export const mostProbeTasks = 10

/** What a gateway probes once a minute, and how often each time (docs/probes.md). */
export const probeTaskSchema = z.object({
  id: z.string().regex(/^probe-[a-z0-9]{1,40}$/),
  /** Which settings of the task these are: each change of them has the next number. */
  generation: z.int().positive(),
  protocol: z.enum(['icmp', 'tcp', 'http']),
  /** Inside the network, from `from`; otherwise by the way to the Internet. */
  from: z.ipv4().optional(),
  /** An address or a name; with `http` a URL. */
  to: z.string().min(1).max(255),
  /** Of `tcp`. */
  port: z.int().min(1).max(65_535).optional(),
  count: z.int().min(1).max(60),
})

/** What came of the last round of a task. Times are milliseconds. */
export const probeResultSchema = z.object({
  id: z.string().regex(/^probe-[a-z0-9]{1,40}$/),
  generation: z.int().positive(),
  /** Milliseconds since 1970, by the clock of the gateway. */
  at: z.int().nonnegative(),
  sent: z.int().min(0).max(60),
  answered: z.int().min(0).max(60),
  /** Absent: none was answered. */
  ms: z
    .object({ min: z.number().nonnegative(), average: z.number().nonnegative(), max: z.number().nonnegative() })
    .optional(),
  /** Why nothing could be sent: the name has no address, or the gateway has no address to send from. */
  problem: z.enum(['unresolved', 'unsent']).optional(),
})

export type WireProbeTask = Readonly<z.infer<typeof probeTaskSchema>>
export type ProbeResult = Readonly<z.infer<typeof probeResultSchema>>
