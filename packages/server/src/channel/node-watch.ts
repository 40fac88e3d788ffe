import type { Timers, WallClock } from '@opensag/protocol'
import type { Logger } from 'pino'
import { forgetNode, giveUpNode, noteSeen, type SeenNode, seenNodes } from '../store/gateways/nodes.ts'
import type { Store } from '../store/store.ts'

export interface NodeWatchOptions {
  readonly store: Store
  /** Of this node. */
  readonly nodeId: string
  readonly version: string
  readonly wallClock: WallClock
  readonly timers: Timers
  readonly logger: Logger
}

/** How often a node says that it runs, and looks at the others. */
export const beatMs = 4000
/** A node that did not say so for so long, by the clock of whoever looks, is given up. */
export const deadMs = 15_000

/**
 * Says for the other nodes that this one runs, and records the gateways of nodes that do not as off line. That is for whoever
 * reads: a node that was given up and goes on is kept from writing by the epoch of each gateway, not by this.
 */
export async function watchNodes(options: NodeWatchOptions): Promise<{ close(): Promise<void> }> {
  const { store, nodeId, version, wallClock, timers, logger } = options
  const startedAt = wallClock()
  const known = new Map<string, { readonly seenAt: number; readonly since: number }>()
  let isClosed = false
  let beating: Promise<void> = Promise.resolve()
  await say()
  let cancel = timers.after(beatMs, beat)

  function say(): Promise<void> {
    return store.write((tx) => noteSeen(tx, { id: nodeId, at: wallClock(), startedAt, version }))
  }

  function beat(): void {
    beating = say()
      .then(look)
      .catch((error: unknown) => logger.error({ err: error }, 'The other nodes could not be looked at.'))
      .then(() => {
        if (!isClosed) cancel = timers.after(beatMs, beat)
      })
  }

  async function look(): Promise<void> {
    const there = await store.read(seenNodes)
    const now = timers.now()
    for (const node of there) {
      if (node.id === nodeId) continue
      const last = known.get(node.id)
      // Clocks of two machines differ: what counts is that the number has not changed while this node was looking.
      if (last?.seenAt !== node.seenAt) known.set(node.id, { seenAt: node.seenAt, since: now })
      else if (now - last.since >= deadMs) await giveUp(node)
    }
    const ids = new Set(there.map(({ id }) => id))
    for (const id of known.keys()) if (!ids.has(id)) known.delete(id)
  }

  async function giveUp(node: SeenNode): Promise<void> {
    const gateways = await store.write((tx) => giveUpNode(tx, node, wallClock()))
    known.delete(node.id)
    if (gateways !== undefined) logger.warn({ node: node.id, gateways }, 'A node is gone: its gateways are off line.')
  }

  return {
    async close() {
      isClosed = true
      cancel()
      await beating
      cancel()
      await store.write((tx) => forgetNode(tx, nodeId))
    },
  }
}
