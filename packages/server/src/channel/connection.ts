import {
  drive,
  type FromGateway,
  LinkEnded,
  type LinkReader,
  newWelcome,
  ProtocolError,
  welcomeStep,
} from '@opensag/protocol'
import { endings } from '../model/endings.ts'
import { NotOwner } from '../store/gateways/ownership.ts'
import type { ChannelContext } from './context.ts'
import { GoneBeforeAdmission, type ServerLink, type ShakingHost, shakeHands } from './handshake.ts'
import type { GatewayConnection, GatewayConnections } from './held-gateways.ts'
import { replacedReason } from './owned-writes.ts'
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

/**
 * Serves one connection from its first byte on. Resolves when its gateway is ready, and is served until its end, or when
 * it is over. Never rejects.
 */
export async function serveConnection(link: ServerLink, context: ChannelContext, host: ConnectionHost): Promise<void> {
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
    else {
      const gateway = await welcome({ link, context, held: host.held, admitted, onReady: () => host.onReady() })
      link.serve(new Served(gateway, link, context, host.address))
    }
  } catch (error) {
    const hasProved = isProved || error instanceof GoneBeforeAdmission
    if (!hasProved && (error instanceof LinkEnded || error instanceof ProtocolError)) host.onRefused()
    fail(error, link, context, host.address)
  }
}

function fail(error: unknown, link: ServerLink, { logger }: ChannelContext, address: string): void {
  if (error instanceof LinkEnded) {
    logger.debug({ address, reason: error.message }, 'A connection ended.')
  } else if (error instanceof NotOwner) {
    logger.info({ address, reason: error.message }, replacedReason)
    link.end(replacedReason)
  } else if (error instanceof ProtocolError) {
    logger.warn({ address, reason: error.message }, 'A gateway broke the protocol.')
    link.end(error.message)
  } else {
    logger.error({ address, err: error }, 'A connection failed.')
    link.end(endings.serverFailed)
  }
}

/** Reads what a gateway sends that is ready. An async function that reads would keep kilobytes while nothing comes. */
class Served implements LinkReader<FromGateway> {
  private readonly gateway: GatewayConnection
  private readonly link: ServerLink
  private readonly context: ChannelContext
  private readonly address: string

  constructor(gateway: GatewayConnection, link: ServerLink, context: ChannelContext, address: string) {
    this.gateway = gateway
    this.link = link
    this.context = context
    this.address = address
  }

  receive(message: FromGateway): Promise<void> {
    return this.gateway.receive(message)
  }

  failed(error: unknown): void {
    fail(error, this.link, this.context, this.address)
  }
}

/** Resolves when the gateway is ready. */
async function welcome(given: WelcomeContext): Promise<GatewayConnection> {
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
  return gateway
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
