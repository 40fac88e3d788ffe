import { z } from 'zod'
import type { System } from './system.ts'

const nextHop = z.object({ gateway: z.string().optional(), dev: z.string().optional() })

/** What is read of a route, of all that `ip -json route` answers. */
const routesSchema = z.array(
  nextHop.extend({
    /** Absent: unicast. */
    type: z.string().optional(),
    dst: z.string(),
    protocol: z.string().optional(),
    metric: z.number().optional(),
    prefsrc: z.string().optional(),
    nexthops: z.array(nextHop).optional(),
  }),
)

export type KernelRoute = z.infer<typeof routesSchema>[number]

/** @param answer of `ip -json route show` */
export function routesOf(answer: unknown): readonly KernelRoute[] {
  return routesSchema.parse(answer)
}

/** The routes of a table; with a protocol those that it has put there. A table that nothing was ever put into does not exist. */
export async function routesIn(
  system: Pick<System, 'ipJson'>,
  table: number | string,
  protocol?: string,
): Promise<readonly KernelRoute[]> {
  const proto = protocol === undefined ? [] : ['proto', protocol]
  return routesOf(await system.ipJson('-4', 'route', 'show', 'table', String(table), ...proto).catch(noTable))
}

/** @throws any other error */
function noTable(error: unknown): unknown {
  if (/FIB table does not exist/.test(String(error))) return []
  throw error
}
