import { type Bus, NoReply, NoResponder } from '../bus/bus.ts'
import type { ToHolder } from './bus-messages.ts'
import type { ChannelContext } from './context.ts'
import type { AdmittedGateway } from './handshake.ts'
import type { GatewayConnections } from './held-gateways.ts'

const stepDownMs = 5000

/** Ends the connection of a gateway on whichever node holds it; false when none says that it has. */
export async function stepDown(bus: Bus, serial: string): Promise<boolean> {
  try {
    // The gateway waits for this. Who does not answer has lost it, or is kept from writing by its epoch.
    await bus.request(serial, { kind: 'step-down' } satisfies ToHolder, stepDownMs, true)
    return true
  } catch (error) {
    if (!(error instanceof NoResponder || error instanceof NoReply)) throw error
    return false
  }
}

/** An older connection is half-open, or about to be: its changes have to end before anything is settled here. */
export async function replaceOlder(
  held: GatewayConnections,
  { bus, logger }: ChannelContext,
  { serial, otherNode }: AdmittedGateway,
): Promise<void> {
  if (otherNode !== undefined && !(await stepDown(bus, serial))) {
    logger.info({ serial, otherNode }, 'The node that held a gateway before does not hold it any more.')
  }
  for (let older = held.get(serial); older !== undefined; older = held.get(serial)) {
    await older.end('The gateway has connected anew.')
  }
}
