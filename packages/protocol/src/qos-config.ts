import { z } from 'zod'
import { packetMatch } from './packet-match.ts'

const priority = z.int().min(1).max(7)
/** Seconds since 1970. */
const moment = z.int()

/** How a gateway divides what it sends into its network (docs/network.md). Absent: not at all. */
export const qosSchema = z.object({
  /** One of a priority at most; 1 comes first. */
  classes: z
    .array(
      z.object({
        priority,
        /** What `min` and `max` are: Mbit/s, or of 100 of the bandwidth of the gateway. */
        unit: z.enum(['mbit', 'percent']),
        min: z.int().positive(),
        max: z.int().positive(),
      }),
    )
    .min(1)
    .max(7)
    .readonly(),
  /** In order: of a packet the first that it matches counts, and the class of its priority; if there is none, no class. */
  rules: z
    .array(
      z.object({
        priority,
        ...packetMatch,
        /** It counts from then on, and until then. */
        since: moment.optional(),
        until: moment.optional(),
      }),
    )
    .max(350)
    .readonly(),
})

export type QosConfig = Readonly<z.infer<typeof qosSchema>>
