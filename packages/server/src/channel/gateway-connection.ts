import type { Decision, FromGateway, FromServer, LastChange, Timers, WireReport } from '@opensag/protocol'
import type { BusMessage } from '../bus/bus.ts'
import { NotOwner } from '../store/gateways/ownership.ts'
import { isLocked, setRestarting } from '../store/gateways/presence.ts'
import { promiseSynchronization, saveReport } from '../store/gateways/reports.ts'
import { type AskedGateway, createAskedGateway, isAnswer } from './asked-gateway.ts'
import { toHolderSchema } from './bus-messages.ts'
import type { ChannelContext } from './context.ts'
import { type ConfigPush, createConfigPush } from './desired-config.ts'
import { findingOf } from './finding-of.ts'
import { GatewayConfig } from './gateway-config.ts'
import type { AdmittedGateway, ServerLink } from './handshake.ts'
import type { GatewayConnection, GatewayConnections, Report } from './held-gateways.ts'
import { decideChange } from './journal.ts'
import { OwnedWrites, replacedReason } from './owned-writes.ts'
import { createPacedReports, type Note, type PacedReports } from './paced-reports.ts'
import { createPasswordTurns, type PasswordTurns, type PasswordTurnsOptions } from './password-turns.ts'
import { isOfUser, popUsersOf } from './pop-users.ts'
import { recordConnected } from './record-connected.ts'
import { recordOffline } from './record-offline.ts'
import { RoutesInParts } from './routes-in-parts.ts'
import { saveFindings } from './save-findings.ts'
import { identityNews } from './tell-identity.ts'
import type { WantedDecision } from './turns-ports.ts'

export function openGatewayConnection(
  link: ServerLink,
  context: ChannelContext,
  held: GatewayConnections,
  admitted: AdmittedGateway,
): GatewayConnection {
  const gateway = new HeldGateway(link, context, held, admitted)
  held.set(admitted.serial, gateway)
  link.onEnd((reason) => gateway.ended(reason))
  // It may have ended while an older connection was being replaced; then nobody will say so any more.
  if (!link.isOpen) gateway.ended('The connection ended.')
  return gateway
}

/** A class that keeps what it needs now: a server has one for every gateway that is connected. */
class HeldGateway implements GatewayConnection, PasswordTurnsOptions {
  readonly signKey: string
  private readonly serial: string
  private readonly sealKey: string
  private readonly transcript: Buffer
  private readonly link: ServerLink
  private readonly context: ChannelContext
  private readonly held: GatewayConnections
  /** What it was admitted with, until it is connected. */
  private admitted: AdmittedGateway | undefined
  private connected = false
  private leaving = false
  private stopServing: (() => void) | undefined
  private localRevision = 0
  /** The local revision it has been promised is taken over, and has not heard of. */
  private promised: number | null = null
  /** Of the report that is to be written down: the last change the gateway had seen then. */
  private reportedGeneration = 0
  /** The last change that the gateway has acknowledged. */
  private provenGeneration = 0
  /** The keys of the server it said it has pinned. */
  private pinned: WireReport['pinned']
  private toldLocked = false
  private readonly routes = new RoutesInParts()
  private over: Promise<void> | undefined
  private readonly writes: OwnedWrites
  private readonly turns: PasswordTurns
  private readonly push: ConfigPush
  private notes: PacedReports | undefined
  private readonly hasTools: boolean
  private asked: AskedGateway | undefined

  constructor(link: ServerLink, context: ChannelContext, held: GatewayConnections, admitted: AdmittedGateway) {
    this.signKey = admitted.signKey
    this.serial = admitted.serial
    this.sealKey = admitted.sealKey
    this.transcript = admitted.transcript
    this.link = link
    this.context = context
    this.held = held
    this.admitted = admitted
    this.hasTools = admitted.capabilities.includes('tools')
    this.writes = new OwnedWrites(context.store, admitted.serial, () => void this.end(replacedReason))
    this.turns = createPasswordTurns(this)
    this.push = createConfigPush(new GatewayConfig(link, context, admitted))
  }

  async connect({ report, password }: Report, last: LastChange): Promise<boolean> {
    const { link, serial, admitted } = this
    const { bus, wallClock, nodeId, settings, logger } = this.context
    if (!link.isOpen || this.held.get(serial) !== this) return false
    if (admitted === undefined) throw new Error('A gateway connects once on each connection.')
    this.admitted = undefined
    this.localRevision = report.localRevision
    this.pinned = report.pinned
    // Before the row says so: whoever reads there that it is connected must find somebody on the bus.
    this.stopServing = bus.serve(serial, (message) => this.onBus(message), this.writes)
    this.connected = true
    const at = wallClock()
    const recording = { link, admitted, report, last, node: nodeId, at }
    const begun = await this.writes.record((tx) => recordConnected(tx, recording))
    if (begun === undefined) return false
    const { lock, floor } = begun
    this.promised = begun.promised
    this.turns.start(Math.max(password.generation, admitted.passwordGeneration, floor))
    link.send({ kind: 'ready', heartbeatMs: settings.heartbeatMs })
    this.tellLock(lock === 'locked')
    logger.info({ serial, lock }, 'A gateway is online.')
    this.tellPromise()
    this.push.reported(report)
    this.tellIdentity()
    return true
  }

  async receive(message: FromGateway): Promise<void> {
    const { serial, context } = this
    const finding = findingOf(message)
    if (finding !== undefined) await this.take(finding)
    else if (message.kind === 'report') {
      this.turns.raiseGeneration(message.password.generation)
      this.reportedGeneration = message.password.generation
      this.pinned = message.report.pinned
      // It may have taken a successor that is the server's key by now.
      this.tellIdentity()
      await this.take({ report: message.report, status: message.report })
    } else if (message.kind === 'configured') {
      const { problem } = message
      if (problem !== undefined) context.logger.warn({ serial, problem }, 'A gateway could not take its configuration.')
      this.push.configured(message)
      await this.take({ status: message })
    } else if (message.kind === 'routes') {
      const routes = this.routes.with(message)
      if (routes !== undefined) await this.take({ routes })
    } else if (isAnswer(message)) {
      await this.asking().answered(message)
    } else if (message.kind === 'ack' || message.kind === 'nack') {
      if (message.kind === 'nack') context.logger.warn({ serial, reason: message.reason }, 'A password was refused.')
      this.turns.answered(message.kind, message.changeId, message.kind === 'ack' ? message.deposit : undefined)
    } else if (message.kind === 'certify') {
      this.link.send(await context.authority.certify(serial, message.key))
    } else if (isOfUser(message)) popUsersOf(this.link, context, serial).take(message)
  }

  isConnected(): boolean {
    return this.writes.isRecorded() && this.link.isOpen
  }

  mayBeConnected(): boolean {
    return this.connected
  }

  attended(): string | undefined {
    return this.turns.attended()
  }

  tellIdentity(): void {
    if (!this.writes.isRecorded()) return
    const news = identityNews(this.context.identity, this.pinned, this.transcript)
    if (news !== undefined) this.link.send(news)
  }

  end(reason: string): Promise<void> {
    this.link.end(reason)
    return this.over ?? Promise.resolve()
  }

  leave(comeBackMs: number): Promise<void> {
    this.leaving = true
    if (this.connected) this.link.send({ kind: 'later', afterMs: comeBackMs })
    this.link.end('The server stops.', 'restarting')
    return this.over ?? Promise.resolve()
  }

  ended(reason: string): void {
    this.over = this.finish(reason)
  }

  get timers(): Timers {
    return this.context.timers
  }

  send(message: FromServer): void {
    this.link.send(message)
  }

  async decide(wanted: WantedDecision): Promise<Decision> {
    if (wanted.outcome === 'succeeded') this.provenGeneration = wanted.generation
    const own = { serial: this.serial, epoch: this.writes.owned(), sealKey: this.sealKey }
    return decideChange(this.context, { ...own, ...wanted })
  }

  close(reason: string): Promise<void> {
    return this.end(reason)
  }

  problem(error: unknown): void {
    // The change is settled where the gateway is now.
    if (error instanceof NotOwner) return
    this.context.logger.error({ serial: this.serial, err: error }, 'A password change could not be journalled.')
  }

  private take(note: Note): Promise<void> {
    const { settings, timers, wallClock, logger } = this.context
    this.notes ??= createPacedReports({
      limits: { burst: settings.reports, everyMs: settings.reportBackMs },
      timers,
      wallClock,
      write: (written) => this.note(written),
      problem: (error) => {
        const isReplaced = error instanceof NotOwner
        if (!isReplaced) logger.error({ serial: this.serial, err: error }, 'A report could not be written.')
        void this.end(isReplaced ? replacedReason : 'The server failed.')
      },
    })
    if (this.over !== undefined) this.notes.end()
    return this.notes.take(note)
  }

  private async note(note: Note): Promise<void> {
    const { serial, context } = this
    const { report, status } = note
    const at = context.wallClock()
    this.promised = await this.writes.write(async (tx) => {
      const saved = saveFindings(tx, serial, note, at)
      if (report === undefined) return saved.then(() => this.promised)
      // The row is this unit's by now. What was reported of the password before a change is not so after it.
      const isCurrent = this.reportedGeneration >= this.provenGeneration
      const current = isCurrent ? report : { ...report, adminPassword: undefined }
      return (await Promise.all([saveReport(tx, serial, current, at), saved]))[0]
    })
    if (report === undefined || status === undefined) return
    this.localRevision = report.localRevision
    this.tellPromise()
    this.push.reported(status)
  }

  private asking(): AskedGateway {
    const { context, serial, hasTools } = this
    this.asked ??= createAskedGateway({
      ...{ context, serial, hasTools, send: (message) => this.link.send(message) },
      recordRestart: () => this.writes.write((tx) => setRestarting(tx, serial, context.wallClock())),
    })
    if (this.over !== undefined) this.asked.end()
    return this.asked
  }

  private async finish(reason: string): Promise<void> {
    const { serial, context, link, writes } = this
    this.stopServing?.()
    this.turns.end()
    this.asked?.end()
    this.push.end()
    this.notes?.end()
    // A decision that is under way too: the next connection of this gateway begins once this one is over.
    await Promise.all([writes.settled(), this.turns.decided()])
    if (this.connected && !this.leaving) await recordOffline(context, serial, { link, reason, epoch: writes.epoch() })
    if (this.held.get(serial) === this) this.held.delete(serial)
    if (this.connected) context.logger.info({ serial, reason }, 'A gateway is offline.')
  }

  private tellLock(isNow: boolean): void {
    this.toldLocked = isNow
    this.link.send({ kind: 'lock', locked: isNow })
  }

  private tellPromise(): void {
    if (this.promised !== null) this.link.send({ kind: 'synced', revision: this.promised })
  }

  private async lookAtLock(): Promise<void> {
    const isNow = await this.context.store.read((db) => isLocked(db, this.serial))
    if (isNow !== this.toldLocked) this.tellLock(isNow)
  }

  private async onBus(message: BusMessage): Promise<BusMessage> {
    const asked = toHolderSchema.parse(message)
    switch (asked.kind) {
      case 'reserve-password-change':
        return { turn: await this.turns.reserve(asked.changeId, asked) }
      case 'change-password':
        return { outcome: await this.turns.change(asked.changeId, asked.sealed, asked.timeoutMs, this.context.tracing) }
      case 'sessions':
        return popUsersOf(this.link, this.context, this.serial).look(asked.sessions)
      case 'step-down':
        return this.end('The gateway has connected elsewhere.').then(() => ({}))
      case 'configure':
        return Promise.all([this.push.look(), this.lookAtLock()]).then(() => ({}))
      case 'ask':
      case 'restart':
      case 'tool':
        return this.asking().ask(asked)
      case 'synchronise':
        // Durable before it is told and answered: a promise that a lost connection does not take back.
        await this.writes.write((tx) => promiseSynchronization(tx, this.serial, this.localRevision))
        this.link.send({ kind: 'synced', revision: this.localRevision })
        return { revision: this.localRevision }
    }
  }
}
