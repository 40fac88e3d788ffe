import { type Channel, type ChannelOptions, createChannel } from './channel/channel.ts'
import { type CopiedNode, watchNodes } from './channel/node-watch.ts'
import type { ServerOptions } from './server-options.ts'
import { giveUpNode, seenNodes } from './store/gateways/nodes.ts'
import { version } from './version.ts'

interface OpenedChannel {
  readonly channel: Channel
  /** Resolves when this server is to end, because another one has its name. */
  readonly copied: Promise<CopiedNode>
  /** Ends the channel first. */
  close(): Promise<void>
}

/** The channel of a server that starts, and what the other nodes of its database know of it. */
export async function openChannelOf(
  options: Pick<ServerOptions, 'openStore' | 'heartbeatMs' | 'moveWithinMs' | 'configConfirmMs'>,
  given: Omit<ChannelOptions, 'settings'>,
): Promise<OpenedChannel> {
  // A database in the folder has this node only.
  let onCopied: (error: CopiedNode) => void = () => {}
  const copied = new Promise<CopiedNode>((resolve) => (onCopied = resolve))
  const watch = options.openStore && (await watchNodes({ ...given, version, onCopied }))
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
