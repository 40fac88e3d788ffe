import { z } from 'zod'

const moment = z.number()

/** What a running agent says of itself on its own machine. No secret is in it. */
export const runningStatusSchema = z.object({
  serial: z.string(),
  connection: z.object({ is: z.string(), reason: z.string().optional() }),
  /** Null: the server has not configured it. */
  configuration: z
    .object({
      instanceId: z.string(),
      revision: z.number(),
      state: z.enum(['confirmed', 'on trial', 'not in force']),
    })
    .nullable(),
  /** The offline lock has closed. */
  locked: z.boolean(),
  /** Null: it carries no packets. */
  network: z
    .object({
      tunnels: z.array(z.object({ pop: z.string(), isUp: z.boolean(), since: moment })),
      /** Prefixes that routers of the branch announce. */
      learnt: z.array(z.string()),
      /** Bytes of inner packets since the links were made. */
      traffic: z.object({ received: z.number(), sent: z.number() }),
      /** Of the table that the branch is routed by. */
      routes: z.array(z.object({ to: z.string(), via: z.string().nullable(), dev: z.string().nullable() })),
      /** `until` null: it never ends. */
      leases: z.array(
        z.object({ address: z.string(), mac: z.string(), name: z.string().nullable(), until: moment.nullable() }),
      ),
    })
    .nullable(),
})

export type RunningStatus = z.infer<typeof runningStatusSchema>
export type NetworkStatus = NonNullable<RunningStatus['network']>
