import { setOffline } from '../store/gateways/presence.ts'
import type { ChannelContext } from './context.ts'
import type { ServerLink } from './handshake.ts'

interface Ended {
  readonly link: Pick<ServerLink, 'heardAt'>
  /** Of the connection; undefined when it is not known to have been recorded. */
  readonly epoch: number | undefined
  readonly reason: string
}

/** The row says that the connection of that epoch has ended, unless there is another one by now. Never rejects. */
export async function recordOffline(
  { store, nodeId, wallClock, logger }: ChannelContext,
  serial: string,
  { link, epoch, reason }: Ended,
): Promise<void> {
  const offline = { node: nodeId, epoch, at: wallClock(), reason, heardAt: link.heardAt }
  try {
    await store.write((tx) => setOffline(tx, serial, offline), { gateway: serial })
  } catch (error) {
    // The sweep does it.
    logger.error({ serial, err: error }, 'A gateway could not be recorded as offline.')
  }
}
