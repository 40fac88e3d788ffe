import { z } from 'zod'
import { packetMatch } from './packet-match.ts'

/**
 * Which connections pass a gateway, or the service that the users of a SAG APP instance are connected to (docs/network.md), in
 * order: the first rule that matches the packet a connection begins with decides. Where none matches it passes. Absent: all pass.
 */
export const aclSchema = z
  .array(
    z.object({
      policy: z.enum(['accept', 'drop']),
      /** As seen from the branch, or from the users: where a connection begins. */
      direction: z.enum(['in', 'out']),
      /** What is on the other side. */
      side: z.enum(['network', 'internet']),
      ...packetMatch,
    }),
  )
  .min(1)
  .max(50)
  .readonly()

export type AclConfig = z.infer<typeof aclSchema>
