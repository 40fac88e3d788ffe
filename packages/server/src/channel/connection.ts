import { type FromGateway, LinkEnded, ProtocolError, settleVerdict } from '@opensag/protocol'
import { NoReply, NoResponder } from '../bus/bus.ts'
import type { ToHolder } from './bus-messages.ts'
import { type AdmittedGateway, type ServerLink, shakeHands } from './handshake.ts'
import { type HeldGateways, holdGateway } from './held-gateway.ts'
import { outcomeOfReported } from './journal.ts'
import type { ChannelWorld } from './world.ts'

const stepDownMs = 5000

export interface ConnectionHost {
  readonly held: HeldGateways
  /** Where it comes from. */
  readonly address: string
  /** A proof came; what it is worth is still to be seen. */
  onProof(): void
  /** The proof was accepted. */
  onAdmitted(): void
  /** The proof was not accepted, or none came. */
  onRefused(): void
  /** The handshake is over, one way or the other. */
  onReady(): void
}

/** Serves one connection from its first byte to its end. Never rejects. */
export async function serveConnection(link: ServerLink, world: ChannelWorld, host: ConnectionHost): Promise<void> {
  const { address } = host
  let isProved = false
  try {
    const admitted = await shakeHands(link, world, host)
    if (admitted === undefined) {
      host.onRefused()
      return
    }
    isProved = true
    host.onAdmitted()
    if (admitted.is === 'confirming') await confirm(link)
    else await serveAdmitted(link, world, host, admitted)
  } catch (error) {
    if (!isProved && (error instanceof LinkEnded || error instanceof ProtocolError)) host.onRefused()
    if (error instanceof LinkEnded) {
      world.logger.debug({ address, reason: error.message }, 'A connection ended.')
    } else if (error instanceof ProtocolError) {
      world.logger.warn({ address, reason: error.message }, 'A gateway broke the protocol.')
      link.end(error.message)
    } else {
      world.logger.error({ address, err: error }, 'A connection failed.')
      link.end('The server failed.')
    }
  }
}

/** The order of the sealed messages is in docs/gateway-protocol.md. */
async function serveAdmitted(
  link: ServerLink,
  world: ChannelWorld,
  host: ConnectionHost,
  admitted: AdmittedGateway,
): Promise<void> {
  const { serial } = admitted
  await replaceOlder(host.held, world, admitted)
  const gateway = holdGateway(link, world, host.held, admitted)

  const report = await expectMessage(link, 'report')
  const changeId = report.password.unsettled
  if (changeId !== undefined) {
    const verdict = settleVerdict(await outcomeOfReported(world, { serial, changeId }))
    world.logger.info({ serial, changeId, verdict }, 'A password change is settled.')
    link.send({ kind: 'settle', changeId, verdict })
    await expectMessage(link, 'settled')
  }
  link.send({ kind: 'ticket', ticket: admitted.ticket })
  await expectMessage(link, 'ticket-stored')

  if (!(await gateway.connect(report))) {
    link.end('A newer connection of the same gateway was admitted.')
    return
  }
  host.onReady()
  for (;;) await gateway.receive(await link.next())
}

/** That it has come here is what it wanted to be told. It ends the connection; otherwise the limit of the handshake does. */
async function confirm(link: ServerLink): Promise<void> {
  const { trial } = await expectMessage(link, 'trial')
  link.send({ kind: 'confirm', trial })
  await link.next()
  throw new ProtocolError('A connection made for a confirmation is for nothing else.')
}

/** An older connection is half-open, or about to be: its changes have to end before anything is settled here. */
async function replaceOlder(
  held: HeldGateways,
  { bus, logger }: ChannelWorld,
  { serial, otherNode }: AdmittedGateway,
): Promise<void> {
  if (otherNode !== undefined) {
    try {
      await bus.request(serial, { kind: 'step-down' } satisfies ToHolder, stepDownMs)
    } catch (error) {
      if (!(error instanceof NoResponder || error instanceof NoReply)) throw error
      logger.info({ serial, otherNode }, 'The node that held a gateway before does not hold it any more.')
    }
  }
  for (let older = held.get(serial); older !== undefined; older = held.get(serial)) {
    await older.end('The gateway has connected anew.')
  }
}

async function expectMessage<K extends FromGateway['kind']>(
  link: ServerLink,
  kind: K,
): Promise<Extract<FromGateway, { kind: K }>> {
  const message = await link.next()
  if (message.kind !== kind) throw new ProtocolError(`Expected ${kind}, got ${message.kind}.`)
  return message as Extract<FromGateway, { kind: K }>
}
