import {
  LinkEnded,
  newWelcome,
  ProtocolError,
  type WelcomeEffect,
  type WelcomeInput,
  welcomeStep,
} from '@opensag/protocol'
import { type Bus, NoReply, NoResponder } from '../bus/bus.ts'
import type { ToHolder } from './bus-messages.ts'
import { type AdmittedGateway, type ServerLink, type ShakingHost, shakeHands } from './handshake.ts'
import { type HeldGateways, holdGateway, type Report } from './held-gateway.ts'
import { lookAtReported, recordRollBack } from './journal.ts'
import type { ChannelWorld } from './world.ts'

const stepDownMs = 5000

export interface ConnectionHost extends ShakingHost {
  readonly held: HeldGateways
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
    if (admitted.is === 'too-often') sendAway(link, world, admitted.serial)
    else if (admitted.is === 'confirming') await confirm(link)
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

/** Carries out what the welcome machine of the protocol says, then serves the gateway until its connection ends. */
async function serveAdmitted(
  link: ServerLink,
  world: ChannelWorld,
  host: ConnectionHost,
  admitted: AdmittedGateway,
): Promise<void> {
  const { serial, sealKey } = admitted
  await replaceOlder(host.held, world, admitted)
  const gateway = holdGateway(link, world, host.held, admitted)
  let report: Report | undefined
  let deposit: string | undefined

  async function carryOut(effect: WelcomeEffect): Promise<WelcomeInput | undefined> {
    switch (effect.do) {
      case 'replace-older':
        return { is: 'replaced' }
      case 'look': {
        const looked = await lookAtReported(world, { serial, sealKey, unsettled: effect.unsettled })
        deposit = looked.deposit
        return { is: 'looked', outcome: looked.outcome, last: looked.last }
      }
      case 'send-settle': {
        const { changeId, verdict } = effect
        world.logger.info({ serial, changeId, verdict }, 'A password change is settled.')
        link.send({ kind: 'settle', changeId, verdict })
        return undefined
      }
      case 'send-restore': {
        const { changeId, generation } = effect.change
        world.logger.warn({ serial, changeId, holds: effect.over }, 'The disk of a gateway was rolled back.')
        if (deposit === undefined) throw new Error('There is nothing to restore a password from.')
        await recordRollBack(world, serial, changeId)
        link.send({ kind: 'restore', changeId, generation, deposit, over: effect.over })
        return undefined
      }
      case 'send-ticket':
        link.send({ kind: 'ticket', ticket: admitted.ticket, before: admitted.ticketBefore })
        return undefined
      case 'connect':
        return { is: 'connected', newest: report !== undefined && (await gateway.connect(report, effect.last)) }
      case 'serve':
        host.onReady()
        return undefined
      case 'end':
        throw new ProtocolError('A gateway was not settled: something else came, or a newer connection of it.')
    }
  }

  async function nextInput(): Promise<WelcomeInput> {
    const message = await link.next()
    switch (message.kind) {
      case 'report':
        report = message
        return { is: 'report', password: message.password }
      case 'settled':
      case 'restored':
        return { is: message.kind, changeId: message.changeId }
      case 'ticket-stored':
        return { is: 'ticket-stored' }
      default:
        throw new ProtocolError(`A gateway that is not settled yet sent ${message.kind}.`)
    }
  }

  let step = welcomeStep(newWelcome, { is: 'admitted' })
  for (;;) {
    const input = step.effect && (await carryOut(step.effect))
    if (step.state.is === 'ready') break
    step = welcomeStep(step.state, input ?? (await nextInput()))
  }
  for (;;) await gateway.receive(await link.next())
}

function sendAway(link: ServerLink, { logger, settings }: ChannelWorld, serial: string): void {
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

/** Ends the connection of a gateway on whichever node holds it; false when none says that it has. */
export async function stepDown(bus: Bus, serial: string): Promise<boolean> {
  try {
    await bus.request(serial, { kind: 'step-down' } satisfies ToHolder, stepDownMs)
    return true
  } catch (error) {
    if (!(error instanceof NoResponder || error instanceof NoReply)) throw error
    return false
  }
}

/** An older connection is half-open, or about to be: its changes have to end before anything is settled here. */
async function replaceOlder(
  held: HeldGateways,
  { bus, logger }: ChannelWorld,
  { serial, otherNode }: AdmittedGateway,
): Promise<void> {
  if (otherNode !== undefined && !(await stepDown(bus, serial))) {
    logger.info({ serial, otherNode }, 'The node that held a gateway before does not hold it any more.')
  }
  for (let older = held.get(serial); older !== undefined; older = held.get(serial)) {
    await older.end('The gateway has connected anew.')
  }
}
