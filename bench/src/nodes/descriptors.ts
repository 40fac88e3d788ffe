import { readFileSync } from 'node:fs'

/** Of a program beside its connections: files, listeners, connections to the database and the bus. */
const besides = 200

export interface Fleet {
  readonly gateways: number
  /** Nodes, load balancers, and processes with gateways: there are as many of each. */
  readonly nodes: number
  /** Connections of callers that a load balancer takes. */
  readonly callers: number
}

/** Open descriptors that the program with the most of them may need. */
export function descriptorsFor({ gateways, nodes, callers }: Fleet): number {
  // Each connection through a load balancer is two. With a node less, another one has no more than two thirds of all gateways.
  const balancer = 2 * (Math.ceil(gateways / nodes) + callers)
  const node = Math.ceil((2 * gateways) / nodes) + callers
  return Math.max(balancer, node) + besides
}

/** How many a process of this user may have open; undefined where it has no limit, or the system does not say. */
export function descriptorLimit(limits: string = readFileSync('/proc/self/limits', 'utf8')): number | undefined {
  const [, hard] = /^Max open files\s+\S+\s+(\d+)/m.exec(limits) ?? []
  return hard === undefined ? undefined : Number(hard)
}

/** @throws Error that says what to do, where a program would have too few */
export function checkDescriptors(fleet: Fleet, limit: number | undefined = descriptorLimit()): void {
  const wanted = descriptorsFor(fleet)
  if (limit === undefined || wanted <= limit) return
  throw new Error(
    `${fleet.gateways} gateways need ${wanted} open descriptors in one process, and ${limit} are allowed here. Raise the limit (ulimit -n), or take fewer gateways.`,
  )
}
