import type { FromGateway, LastChange, WireReport } from '@opensag/protocol'
import type { BusMessage } from '../bus/bus.ts'
import { configFor } from '../model/desired-config.ts'
import { generationFloor } from '../store/access/restore-marks.ts'
import { findDesiredConfig, saveConfigStatus } from '../store/gateways/configurations.ts'
import { failChangesOf } from '../store/gateways/password-changes.ts'
import { isLocked, setConnected, setOffline, setRestarting } from '../store/gateways/presence.ts'
import { promiseSynchronization, saveReport } from '../store/gateways/reports.ts'
import { confirmTicket } from '../store/gateways/tickets.ts'
import type { Writer } from '../store/store.ts'
import { toHolderSchema } from './bus-messages.ts'
import type { ChannelContext } from './context.ts'
import { createConfigPush } from './desired-config.ts'
import { type AdmittedGateway, hashOfTicket, type ServerLink } from './handshake.ts'
import { decideChange, isStillLast } from './journal.ts'
import { createPacedReports } from './paced-reports.ts'
import { createPasswordTurns } from './password-turns.ts'
import { createRestarts } from './restarts.ts'
import { identityNews } from './tell-identity.ts'

/** Which gateways this node holds. */
export type GatewayConnections = Map<string, GatewayConnection>

export type Report = Extract<FromGateway, { kind: 'report' }>

/** A gateway whose connection this node holds, from its admission until it is recorded as offline. */
export interface GatewayConnection {
  /** The key it has proved to hold. */
  readonly signKey: string
  /**
   * It is connected from now on. False when this is not its newest connection, or `last` is not the change that
   * succeeded last any more.
   */
  connect(report: Report, last: LastChange): Promise<boolean>
  receive(message: FromGateway): Promise<void>
  /** The row says that this node has its connection, unless somebody took it off since. */
  isConnected(): boolean
  /** The row may say so: from the moment that is asked for. Until then it can only speak of an older connection. */
  mayBeConnected(): boolean
  /** The password change whose turn it is. */
  attended(): string | undefined
  /** The server has another key, or a successor of it: tells the gateway, unless it knows. */
  tellIdentity(): void
  /** Ends the connection; resolves once the gateway is recorded as offline. */
  end(reason: string): Promise<void>
  /** The server stops: tells the gateway when to come back. The row is the caller's to write. */
  leave(comeBackMs: number): Promise<void>
}

export function openGatewayConnection(
  link: ServerLink,
  context: ChannelContext,
  held: GatewayConnections,
  { serial, signKey, sealKey, ticket, passwordGeneration, transcript }: AdmittedGateway,
): GatewayConnection {
  const { store, bus, wallClock, nodeId, logger } = context
  let connected = false
  /** The row says so. */
  let recorded = false
  let leaving = false
  let stopServing: (() => void) | undefined
  let localRevision = 0
  /** The local revision it has been promised is taken over, and has not heard of. */
  let promised: number | null = null
  /** Of the report that is to be written down: the last change the gateway had seen then. */
  let reportedGeneration = 0
  /** The last change that the gateway has acknowledged. */
  let provenGeneration = 0
  /** The keys of the server it said it has pinned. */
  let pinned: WireReport['pinned']
  /** What the gateway was told of its lock last. */
  let locked = false
  let over: Promise<void> | undefined
  /** All writes about this gateway: its being offline must not be overtaken by what came before. */
  let written: Promise<unknown> = Promise.resolve()

  const turns = createPasswordTurns({
    timers: context.timers,
    send: (message) => link.send(message),
    decide(wanted) {
      if (wanted.outcome === 'succeeded') provenGeneration = wanted.generation
      return decideChange(context, { serial, sealKey, ...wanted })
    },
    close: (reason) => gateway.end(reason),
    problem: (error) => logger.error({ serial, err: error }, 'A password change could not be journalled.'),
  })

  const push = createConfigPush({
    timers: context.timers,
    retryMs: context.settings.configRetryMs,
    confirmMs: context.settings.configConfirmMs,
    async read() {
      const desired = await store.read((db) => findDesiredConfig(db, serial))
      return desired && { ...desired, config: configFor(desired.config, serial) }
    },
    send: (message) => link.send(message),
    problem: (error) => logger.error({ serial, err: error }, 'The configuration of a gateway could not be sent.'),
  })

  const notes = createPacedReports({
    limits: { burst: context.settings.reports, everyMs: context.settings.reportBackMs },
    timers: context.timers,
    wallClock,
    async write({ report, status }) {
      const at = wallClock()
      promised = await write(async (tx) => {
        await saveConfigStatus(tx, serial, status, at)
        if (report === undefined) return promised
        // The row is this unit's by now. What was reported of the password before a change is not so after it.
        const isCurrent = reportedGeneration >= provenGeneration
        return saveReport(tx, serial, isCurrent ? report : { ...report, adminPassword: undefined }, at)
      })
      if (report === undefined) return
      localRevision = report.localRevision
      tellPromise()
      push.reported(status)
    },
    problem(error) {
      logger.error({ serial, err: error }, 'What a gateway reported could not be written.')
      void gateway.end('The server failed.')
    },
  })

  const restarts = createRestarts({
    timers: context.timers,
    send: (message) => link.send(message),
    record: () => write((tx) => setRestarting(tx, serial, wallClock())),
  })

  function write<T>(work: (tx: Writer) => Promise<T>): Promise<T> {
    const done = store.write(work)
    written = Promise.all([written, done.catch(() => 'told to its own caller')])
    return done
  }

  async function finish(reason: string): Promise<void> {
    stopServing?.()
    turns.end()
    restarts.end()
    push.end()
    notes.end()
    // A decision that is under way too: the next connection of this gateway begins once this one is over.
    await Promise.all([written, turns.decided()])
    try {
      if (connected && !leaving) {
        await store.write((tx) => setOffline(tx, serial, { node: nodeId, at: wallClock(), reason }))
      }
    } catch (error) {
      logger.error({ serial, err: error }, 'A gateway could not be recorded as offline.')
    }
    if (held.get(serial) === gateway) held.delete(serial)
    if (connected) logger.info({ serial, reason }, 'A gateway is offline.')
  }

  function tellLock(isNow: boolean): void {
    locked = isNow
    link.send({ kind: 'lock', locked })
  }

  function tellPromise(): void {
    if (promised !== null) link.send({ kind: 'synced', revision: promised })
  }

  function tellIdentity(): void {
    const news = recorded ? identityNews(context.identity, pinned, transcript) : undefined
    if (news !== undefined) link.send(news)
  }

  async function lookAtLock(): Promise<void> {
    const isNow = await store.read((db) => isLocked(db, serial))
    if (isNow !== locked) tellLock(isNow)
  }

  async function onBus(message: BusMessage): Promise<BusMessage> {
    const asked = toHolderSchema.parse(message)
    switch (asked.kind) {
      case 'reserve-password-change':
        return { turn: await turns.reserve(asked.changeId, asked) }
      case 'change-password':
        return { outcome: await turns.change(asked.changeId, asked.sealed, asked.timeoutMs) }
      case 'step-down':
        await gateway.end('The gateway has connected elsewhere.')
        return {}
      case 'configure':
        await Promise.all([push.look(), lookAtLock()])
        return {}
      case 'restart':
        return { outcome: await restarts.ask(asked.commandId, asked.version, asked.timeoutMs) }
      case 'synchronise':
        // Durable before it is told and answered: a promise that a lost connection does not take back.
        await write((tx) => promiseSynchronization(tx, serial, localRevision))
        link.send({ kind: 'synced', revision: localRevision })
        return { revision: localRevision }
    }
  }

  const gateway: GatewayConnection = {
    signKey,
    async connect({ report, password }, last) {
      if (!link.isOpen || held.get(serial) !== gateway) return false
      localRevision = report.localRevision
      pinned = report.pinned
      // Before the row says so: whoever reads there that it is connected must find somebody on the bus.
      stopServing = bus.serve(serial, onBus)
      connected = true
      const at = wallClock()
      const begun = await write(async (tx) => {
        // What was compared must still be so here: a decision of an older connection may have committed since.
        if (!(await isStillLast(tx, { serial, sealKey, last }))) return undefined
        if (!(await confirmTicket(tx, serial, hashOfTicket(ticket)))) return undefined
        await failChangesOf(tx, serial, at)
        const lock = await setConnected(tx, serial, { node: nodeId, at, saysLocked: report.locked === true })
        promised = await saveReport(tx, serial, report, at)
        await saveConfigStatus(tx, serial, report, at)
        return { lock, floor: await generationFloor(tx) }
      })
      if (begun === undefined) return false
      const { lock, floor } = begun
      recorded = true
      turns.start(Math.max(password.generation, passwordGeneration, floor))
      link.send({ kind: 'ready', heartbeatMs: context.settings.heartbeatMs })
      tellLock(lock === 'locked')
      logger.info({ serial, lock }, 'A gateway is online.')
      tellPromise()
      push.reported(report)
      tellIdentity()
      return true
    },
    async receive(message) {
      if (message.kind === 'report') {
        turns.raiseGeneration(message.password.generation)
        reportedGeneration = message.password.generation
        pinned = message.report.pinned
        // It may have taken a successor that is the server's key by now.
        tellIdentity()
        await notes.take({ report: message.report, status: message.report })
      } else if (message.kind === 'configured') {
        const { problem } = message
        if (problem !== undefined) logger.warn({ serial, problem }, 'A gateway could not take its configuration.')
        push.configured(message)
        await notes.take({ report: undefined, status: message })
      } else if (message.kind === 'restarting' || message.kind === 'not-restarting') {
        logger.info({ serial, answer: message.kind }, 'A gateway was told to restart.')
        await restarts.answered(message)
      } else if (message.kind === 'ack' || message.kind === 'nack') {
        if (message.kind === 'nack') logger.warn({ serial, reason: message.reason }, 'A gateway refused a password.')
        turns.answered(message.kind, message.changeId, message.kind === 'ack' ? message.deposit : undefined)
      }
    },
    isConnected: () => recorded && link.isOpen,
    mayBeConnected: () => connected,
    attended: () => turns.attended(),
    tellIdentity,
    end(reason) {
      link.end(reason)
      return over ?? Promise.resolve()
    },
    leave(comeBackMs) {
      leaving = true
      if (connected) link.send({ kind: 'later', afterMs: comeBackMs })
      link.end('The server stops.', 'gently')
      return over ?? Promise.resolve()
    },
  }
  held.set(serial, gateway)
  link.onEnd((reason) => {
    over = finish(reason)
  })
  // It may have ended while an older connection was being replaced; then nobody will say so any more.
  if (!link.isOpen) over = finish('The connection ended.')
  return gateway
}
