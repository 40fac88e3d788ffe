import { endings } from '../model/endings.ts'
import { failUnattendedChanges } from '../store/gateways/password-changes.ts'
import { gatewaysOf, setOffline } from '../store/gateways/presence.ts'
import type { ChannelContext } from './context.ts'
import type { GatewayConnections } from './held-gateways.ts'

/**
 * What may have been left behind when messages between nodes were lost, a node died, or the store failed: connections of
 * gateways that were taken off line by another node or have other keys now, rows of gateways that are gone, and changes
 * nobody attends to any more.
 */
export async function sweep(
  { store, nodeId, wallClock, logger }: ChannelContext,
  held: GatewayConnections,
): Promise<void> {
  // Those first: whoever connects meanwhile is recorded later than the rows that are read.
  const connected = [...held].filter(([, gateway]) => gateway.isConnected())
  const recorded = await store.read((db) => gatewaysOf(db, nodeId))
  for (const [serial, gateway] of connected) {
    const row = recorded.get(serial)
    if (row === undefined) await gateway.end('Another node took the gateway off line.')
    // Enrolled anew, or made to forget: what this connection has proved counts for nothing any more.
    else if (row.signKey !== gateway.signKey) await gateway.end(endings.newIdentity)
  }
  // Also the row of an older connection whose end could not be recorded, while a newer one is not settled yet: a change of
  // the older one fails below, and its gateway may hold what it must not.
  const isGone = (serial: string): boolean => held.get(serial)?.mayBeConnected() !== true
  const gone = [...recorded].filter(([serial]) => isGone(serial))
  const attended = (): ReadonlySet<string> => new Set([...held.values()].flatMap((gateway) => gateway.attended() ?? []))
  const at = wallClock()
  const failed = await store.write(async (tx) => {
    // Unless it has come back meanwhile.
    for (const [serial, { epoch }] of gone) {
      if (isGone(serial)) await setOffline(tx, serial, { node: nodeId, epoch, at, reason: 'The connection ended.' })
    }
    return failUnattendedChanges(tx, { node: nodeId, at, attended })
  })
  if (failed > 0) logger.info({ failed }, 'Password changes that nobody attended to any more have failed.')
}
