import type { NatsBusOptions } from './bus/nats.ts'
import { type Channel, type ChannelOptions, createChannel } from './channel/channel.ts'
import { type CopiedNode, watchNodes } from './channel/node-watch.ts'
import type { ServerOptions } from './server-options.ts'
import { giveUpNode, seenNodes } from './store/gateways/nodes.ts'
import { hasHolder, ownerEpoch } from './store/gateways/ownership.ts'
import type { Store } from './store/store.ts'
import { version } from './version.ts'

export interface OpenedChannel {
  readonly channel: Channel
  /** Resolves when this server is to end, because another one has its name. */
  readonly copied: Promise<CopiedNode>
  /** Ends the channel first. */
  close(): Promise<void>
}

interface ChannelOfNode extends Pick<ServerOptions, 'heartbeatMs' | 'moveWithinMs' | 'configConfirmMs'> {
  /** Other nodes may have its database, too. */
  readonly isShared: boolean
}

/** What the bus of several nodes asks the store about a gateway: which of its connections counts, and whether a node has it. */
export function connectionsIn(store: Pick<Store, 'read'>): Required<Pick<NatsBusOptions, 'epochOf' | 'isHeld'>> {
  return {
    epochOf: (serial) => store.read((db) => ownerEpoch(db, serial)),
    isHeld: (serial) => store.read((db) => hasHolder(db, serial)),
  }
}

/** The channel of a server that starts, and what the other nodes of its database know of it. */
export async function openChannelOf(
  options: ChannelOfNode,
  given: Omit<ChannelOptions, 'settings'>,
): Promise<OpenedChannel> {
  // A database in the folder has this node only.
  let onCopied: (error: CopiedNode) => void = () => {}
  const copied = new Promise<CopiedNode>((resolve) => (onCopied = resolve))
  const watch = options.isShared ? await watchNodes({ ...given, version, onCopied }) : undefined
  if (watch === undefined) await giveUpEveryNode(given)
  try {
    const channel = await createChannel({
      ...given,
      settings: {
        heartbeatMs: options.heartbeatMs,
        moveWithinMs: given.bus.isConnected === undefined ? 0 : (options.moveWithinMs ?? 20_000),
        ...(options.configConfirmMs === undefined ? {} : { configConfirmMs: options.configConfirmMs }),
      },
    })
    return {
      channel,
      copied,
      async close() {
        await channel.close()
        await watch?.close()
      },
    }
  } catch (error) {
    await watch?.close()
    throw error
  }
}

/** Nodes of a database that was copied into this folder: nobody else would ever give them up. */
async function giveUpEveryNode({ store, wallClock, logger }: Omit<ChannelOptions, 'settings'>): Promise<void> {
  for (const node of await store.read(seenNodes)) {
    const gateways = await store.write((tx) => giveUpNode(tx, node, wallClock()))
    logger.info({ node: node.id, gateways }, 'a node that was copied into this folder is gone')
  }
}
