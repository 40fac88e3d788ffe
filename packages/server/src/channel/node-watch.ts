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
  readonly onCopied: (error: CopiedNode) => void
}

/** How often a node says that it runs, and looks at the others. */
export const beatMs = 4000
/** A node that did not say so for so long, by the clock of whoever looks, is given up. */
export const deadMs = 15_000

/** Another process runs under the name of this one, because its data folder, or its `node.id`, was copied. */
export class CopiedNode extends Error {
  override readonly name = 'CopiedNode'
  constructor(nodeId: string) {
    super(
      `Another server on this database runs as node ${nodeId} too, and was started before this one. Each node has a node.id of its own: remove the file node.id in this data folder and start again.`,
    )
  }
}

/**
 * Says for the other nodes that this one runs, and records the gateways of nodes that do not as off line. That is for whoever
 * reads: a node that was given up and goes on is kept from writing by the epoch of each gateway, not by this.
 *
 * Of two processes with one name each finds the word of the other when it says again that it runs. The one that was started
 * later, by their clocks, is to end: `onCopied` is called.
 */
export async function watchNodes(options: NodeWatchOptions): Promise<{ close(): Promise<void> }> {
  const { store, nodeId, version, wallClock, timers, logger, onCopied } = options
  const startedAt = wallClock()
  const known = new Map<string, { readonly seenAt: number; readonly since: number }>()
  let isClosed = false
  /** Of somebody else with this name, one after the other. */
  let words = 0
  let beating: Promise<void> = Promise.resolve()
  await say()
  let cancel = timers.after(beatMs, beat)

  function say(): Promise<number | undefined> {
    return store.write((tx) => noteSeen(tx, { id: nodeId, at: wallClock(), startedAt, version }))
  }

  /** One word may be the last of a process that has died, come late. A second one is of a process that runs. */
  function compare(lastStartedAt: number | undefined): void {
    if (lastStartedAt === undefined || lastStartedAt === startedAt) words = 0
    else words++
    if (lastStartedAt === undefined || words !== 2) return
    if (lastStartedAt < startedAt) onCopied(new CopiedNode(nodeId))
    else logger.error({ node: nodeId }, 'Another server runs as this node too: its node.id was copied. It is to end.')
  }

  function beat(): void {
    beating = say()
      .then(compare)
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
      await store.write((tx) => forgetNode(tx, { id: nodeId, startedAt }))
    },
  }
}
