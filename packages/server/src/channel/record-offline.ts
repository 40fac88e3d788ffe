import { type Offline, setOffline } from '../store/gateways/presence.ts'
import type { ChannelContext } from './context.ts'

/** The row says that the connection of that epoch has ended, unless there is another one by now. Never rejects. */
export async function recordOffline(
  { store, nodeId, wallClock, logger }: ChannelContext,
  serial: string,
  { epoch, reason, heardAt }: Pick<Offline, 'reason' | 'heardAt'> & { readonly epoch: number | undefined },
): Promise<void> {
  const offline = { node: nodeId, epoch, at: wallClock(), reason, heardAt }
  try {
    await store.write((tx) => setOffline(tx, serial, offline), { gateway: serial })
  } catch (error) {
    // The sweep does it.
    logger.error({ serial, err: error }, 'A gateway could not be recorded as offline.')
  }
}
