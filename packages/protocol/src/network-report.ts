import { z } from 'zod'
import { ipv4Cidr } from './ipv4-cidr.ts'
import { serialNumber } from './network-config.ts'

const count = z.int().nonnegative()

const heartbeatCountSchema = z.object({ sent: count, lost: count, ms: count })

export type HeartbeatCount = Readonly<z.infer<typeof heartbeatCountSchema>>

/** What a gateway with a network says of it: all of it, after each change and now and then. Bounded by a frame. */
export const networkReportSchema = z.object({
  tunnels: z
    .array(
      z.object({
        /** Serial number of the point of presence. */
        pop: serialNumber,
        isUp: z.boolean(),
        /** Milliseconds since 1970, by the clock of the gateway. */
        since: z.int().nonnegative(),
      }),
    )
    .max(2)
    .readonly(),
  /** Prefixes that routers of its branch announce. */
  learnt: z.array(ipv4Cidr).max(200).readonly(),
  /** Terminals that hold a lease. */
  leases: z.int().nonnegative(),
  /** Of one of two gateways of a branch; absent: it is alone. */
  pair: z
    .object({
      /** It has the addresses of the branch. */
      isActive: z.boolean(),
      /** Milliseconds since 1970, by the clock of the gateway. */
      since: z.int().nonnegative(),
    })
    .optional(),
  /** What went through its tunnels since its network was set up, in bytes of inner packets. */
  traffic: z.object({
    received: count,
    sent: count,
    /** Of those links: packets that passed or should have, and how many of them it threw away. Earlier programs do not say so. */
    packets: count.optional(),
    dropped: count.optional(),
  }),
  /**
   * Its heartbeats since its program began: those it waited for the answer of, those of them that none came to before the next
   * was due, and milliseconds the others took together. Earlier programs do not say so.
   */
  heartbeats: heartbeatCountSchema.optional(),
})

export type NetworkReport = Readonly<z.infer<typeof networkReportSchema>>
