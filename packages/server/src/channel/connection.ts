import { drive, LinkEnded, newWelcome, ProtocolError, welcomeStep } from '@opensag/protocol'
import type { ChannelContext } from './context.ts'
import type { GatewayConnections } from './gateway-connection.ts'
import { type ServerLink, type ShakingHost, shakeHands } from './handshake.ts'
import { type WelcomeContext, type Welcomed, welcomeInput, welcomePorts } from './welcome-ports.ts'

export interface ConnectionHost extends ShakingHost {
  readonly held: GatewayConnections
  /** The proof was accepted. */
  onAdmitted(): void
  /** The proof was not accepted, or none came. */
  onRefused(): void
  /** The handshake is over, one way or the other. */
  onReady(): void
}

/** Serves one connection from its first byte to its end. Never rejects. */
export async function serveConnection(link: ServerLink, context: ChannelContext, host: ConnectionHost): Promise<void> {
  const { address } = host
  let isProved = false
  try {
    const admitted = await shakeHands(link, context, host)
    if (admitted === undefined) {
      host.onRefused()
      return
    }
    isProved = true
    host.onAdmitted()
    if (admitted.is === 'too-often') sendAway(link, context, admitted.serial)
    else if (admitted.is === 'confirming') await confirm(link)
    else await serveAdmitted({ link, context, held: host.held, admitted, onReady: () => host.onReady() })
  } catch (error) {
    if (!isProved && (error instanceof LinkEnded || error instanceof ProtocolError)) host.onRefused()
    if (error instanceof LinkEnded) {
      context.logger.debug({ address, reason: error.message }, 'A connection ended.')
    } else if (error instanceof ProtocolError) {
      context.logger.warn({ address, reason: error.message }, 'A gateway broke the protocol.')
      link.end(error.message)
    } else {
      context.logger.error({ address, err: error }, 'A connection failed.')
      link.end('The server failed.')
    }
  }
}

/** Welcomes a gateway, then serves it until its connection ends. Never returns. */
async function serveAdmitted(given: WelcomeContext): Promise<never> {
  const { link } = given
  const welcomed: Welcomed = { gateway: undefined, report: undefined, deposit: undefined }
  const driven = drive(
    { machine: { initial: newWelcome, step: welcomeStep }, failed: () => undefined },
    welcomePorts(given, welcomed),
  )
  driven.input({ is: 'admitted' })
  // What the gateway sends is read only when everything before it is done.
  for (await driven.idle(); driven.state.is !== 'ready'; await driven.idle()) {
    driven.input(welcomeInput(await link.next(), welcomed))
  }
  const { gateway } = welcomed
  if (gateway === undefined) throw new Error('A gateway is ready that nobody holds.')
  for (;;) await gateway.receive(await link.next())
}

function sendAway(link: ServerLink, { logger, settings }: ChannelContext, serial: string): void {
  logger.warn({ serial }, 'A gateway connects too often.')
  link.send({ kind: 'later', afterMs: settings.comingBackMs })
  link.end('It connects too often.', 'gently')
}

/** That it has come here is what it wanted to be told. It ends the connection; otherwise the limit of the handshake does. */
async function confirm(link: ServerLink): Promise<void> {
  const message = await link.next()
  if (message.kind !== 'trial') throw new ProtocolError(`Expected trial, got ${message.kind}.`)
  link.send({ kind: 'confirm', trial: message.trial })
  await link.next()
  throw new ProtocolError('A connection made for a confirmation is for nothing else.')
}
