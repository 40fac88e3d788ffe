import type { Life } from '../glue/time.ts'
import type { View } from '../glue/view.ts'
import type { World } from '../glue/world.ts'
import { Violation } from '../violation.ts'

/** A node is given up when it has not said that it runs for so long; docs/several-nodes.md says so to operators. */
const silentMs = 15_000

export interface SeenNodes {
  /** A unit of work of this node is committed. */
  compare(life: Life, before: View, after: View): Violation | undefined
}

/** This unit of work says that another node runs no more. */
export function isGivenUp(node: string | undefined, { name }: Life, before: View, after: View): boolean {
  return node !== undefined && node !== name && before.nodes.has(node) && !after.nodes.has(node)
}

/**
 * N1: a node is given up by another one only when nothing was committed for it for long, and then its gateways do not count as
 * connected any more. N2 is that it is given up at all, which the end of a schedule shows.
 */
export function createSeenNodes(world: World): SeenNodes {
  /** By node: when it said so last, by the time of all. */
  const said = new Map<string, number>()

  return {
    compare(life, before, after) {
      if (before.nodes === after.nodes) return undefined
      const now = world.time.now()
      for (const [node, at] of after.nodes) if (before.nodes.get(node) !== at) said.set(node, now)
      for (const node of before.nodes.keys()) {
        if (!isGivenUp(node, life, before, after)) continue
        const ms = now - (said.get(node) ?? 0)
        if (ms < silentMs)
          return new Violation('N1', `${life.name} gives up ${node}, which said ${ms} ms ago that it runs`)
        const left = [...after.devices.values()].find((device) => device.node === node)
        if (left !== undefined) return new Violation('N1', `${life.name} gives up ${node} and leaves it ${left.serial}`)
      }
      return undefined
    },
  }
}
