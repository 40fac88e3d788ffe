import { systemTimers } from '@opensag/protocol'
import type { Logger } from 'pino'
import { closeMirror } from '../applications/mirror.ts'
import { openBird } from '../bird.ts'
import { branchTable, ownedTable } from '../marks.ts'
import { ownTable } from '../own-table.ts'
import type { System } from '../system.ts'
import { openDhcp } from './dhcp.ts'
import { lockTable } from './kernel-lock.ts'
import { difference, nothing } from './kernel-state.ts'
import { observe } from './observe.ts'
import { openPair } from './pair.ts'
import { restoreSwitches } from './switches.ts'
import { limitsToRemove } from './wan-limit.ts'

/**
 * Takes away what bears the marks of a gateway, and its daemons. The guards go last: until then nothing can leak.
 *
 * @param folder that of its daemons
 * @param endTunnels ends those of strongSwan
 */
export async function removeGatewayNetwork(
  system: System,
  folder: string,
  endTunnels: () => Promise<void>,
  logger: Logger,
): Promise<void> {
  const options = { folder, system, timers: systemTimers, logger }
  await openPair({ ...options, canCarry: () => false, wallClock: Date.now }).remove()
  await openBird({ ...options, name: 'bird' }).remove()
  await openDhcp(options).remove()
  await endTunnels()
  await closeMirror(system)
  const state = await observe(system)
  // Also what BIRD has left in it.
  if (state.routes.length > 0)
    await system.ip([ownedTable, branchTable].map((table) => `route flush table ${table} proto bird`))
  await system.ip(difference(state, nothing))
  await system.tc(await limitsToRemove(system))
  await restoreSwitches(system, folder)
  // What is not there cannot be deleted: it is added before.
  await system.nft([ownTable, lockTable].map((name) => `table inet ${name}\ndelete table inet ${name}\n`).join(''))
}
