import { z } from 'zod'

/** Of one box: with names of a usual length all of them fit into one frame. */
export const mostDnsForwards = 100

/** Labels of letters, digits, hyphens and underscores, in lower case, without the dot at the end. */
export const domainName = z
  .string()
  .max(253)
  .regex(/^(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*$/)

/** Servers that names are asked of. The slave is asked when the master does not answer. */
export const dnsServersSchema = z.object({ master: z.ipv4().optional(), slave: z.ipv4().optional() })

/** Where names of a domain, and all below it, are asked instead. Of two domains that a name is in the longer one counts. */
export const dnsForwardSchema = z.object({
  /** `*`: every name. */
  domain: z.union([z.literal('*'), domainName]),
  master: z.ipv4(),
  slave: z.ipv4().optional(),
  /** Through which the servers are asked: a tunnel, the line to the Internet, the mobile one; absent: as routes say. */
  way: z.enum(['tunnel', 'wan', 'modem']).optional(),
})

export type DnsServers = Readonly<z.infer<typeof dnsServersSchema>>
export type DnsForward = Readonly<z.infer<typeof dnsForwardSchema>>
