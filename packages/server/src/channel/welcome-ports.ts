import { type FromGateway, type Ports, ProtocolError, type WelcomeEffect, type WelcomeInput } from '@opensag/protocol'
import type { ChannelContext } from './context.ts'
import { openGatewayConnection } from './gateway-connection.ts'
import type { AdmittedGateway, ServerLink } from './handshake.ts'
import type { GatewayConnection, GatewayConnections, Report } from './held-gateways.ts'
import { adoptReported, lookAtReported, recordRestore } from './journal.ts'
import { replaceOlder } from './older-connections.ts'

/** The connection that a gateway is welcomed on. */
export interface WelcomeContext {
  readonly link: ServerLink
  readonly context: ChannelContext
  readonly held: GatewayConnections
  readonly admitted: AdmittedGateway
  /** The gateway counts as connected. */
  onReady(): void
}

/** What the welcome of a gateway has brought so far. */
export interface Welcomed {
  /** From the moment that no older connection is served. */
  gateway: GatewayConnection | undefined
  report: Report | undefined
  /** Of the password that it was last proved to hold. */
  deposit: string | undefined
}

/** Carries out what the welcome machine of the protocol says. */
export function welcomePorts(
  { link, context, held, admitted, onReady }: WelcomeContext,
  welcomed: Welcomed,
): Ports<WelcomeEffect, WelcomeInput> {
  const { serial, sealKey } = admitted
  const { logger } = context

  return {
    async 'replace-older'() {
      await replaceOlder(held, context, admitted)
      welcomed.gateway = openGatewayConnection(link, context, held, admitted)
      return { is: 'replaced' }
    },
    async look({ unsettled, holds }) {
      const { deposit, ...looked } = await lookAtReported(context, { serial, sealKey, unsettled, holds })
      welcomed.deposit = deposit
      return { is: 'looked', ...looked }
    },
    'send-settle'({ changeId, verdict }) {
      logger.info({ serial, changeId, verdict }, 'A password change is settled.')
      link.send({ kind: 'settle', changeId, verdict })
    },
    async 'send-restore'({ change: { changeId, generation }, over, ordered }) {
      const { deposit } = welcomed
      logger.warn({ serial, changeId, over, ordered }, 'A gateway is sent the password it should hold.')
      if (deposit === undefined) throw new Error('There is nothing to restore a password from.')
      await recordRestore(context, { serial, changeId, ordered })
      link.send({ kind: 'restore', changeId, generation, deposit, over, ordered })
    },
    async adopt({ change, last }) {
      const known = last?.changeId
      logger.warn({ serial, ...change, known }, 'This server was rolled back: it lacks a change.')
      const deposit = welcomed.report?.password.deposit
      return { is: 'adopted', ...(await adoptReported(context, { serial, sealKey, last, change, deposit })) }
    },
    'send-ticket': () => void link.send({ kind: 'ticket', ticket: admitted.ticket, before: admitted.ticketBefore }),
    async connect({ last }) {
      const { gateway, report } = welcomed
      const newest = gateway !== undefined && report !== undefined && (await gateway.connect(report, last))
      return { is: 'connected', newest }
    },
    serve: () => void onReady(),
    end() {
      throw new ProtocolError('A gateway was not settled: something else came, or a newer connection of it.')
    },
  }
}

/** What the welcome machine is told of a message of the gateway. */
export function welcomeInput(message: FromGateway, welcomed: Welcomed): WelcomeInput {
  switch (message.kind) {
    case 'report':
      welcomed.report = message
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
