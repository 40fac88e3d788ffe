import {
  type Capability,
  capabilities,
  type FromGateway,
  type FromServer,
  type Link,
  LinkEnded,
  type MarkedConfig,
  openDeposit,
  openPassword,
  type Random,
  type Secret,
  sealDeposit,
  startGatewayHandshake,
  takesParts,
  type WireReport,
} from '@opensag/protocol'
import type { GatewayPassword, PasswordLink, PasswordOrder } from './admin-password.ts'
import type { Certification } from './connection-certification.ts'
import { RefusedByServer, Restarting, SentAway } from './connection-ends.ts'
import type { Identity } from './connection-identity.ts'
import type { LogOnConnection } from './connection-log-ons.ts'
import type { DesiredConfig } from './desired-config.ts'
import type { Measuring } from './measuring/measuring.ts'
import type { Report } from './report.ts'
import type { Tools } from './tools/tools.ts'

export type GatewayLink = Link<FromServer, FromGateway>

/** How a gateway restarts, into another firmware where a version is given; undefined where it cannot. */
export type Restart = (version: string | undefined) => (() => void) | undefined

export interface SessionContext {
  readonly serial: string
  readonly identity: Identity
  /** Present when this session enrols. */
  readonly enrolmentKey: Secret | undefined
  readonly adminPassword: GatewayPassword
  readonly desiredConfig: DesiredConfig
  /** The trial of a configuration that was in effect when the connection was made. */
  readonly during: number
  readonly random: Random
  /** `inForce`: the hash of the administrator password, as its status tells it. */
  report(inForce: string | undefined): Report | Promise<Report>
  /**
   * From here on the server counts this gateway as connected, as long as it sends something that often. `can`: what both
   * sides can do; an older server would end the connection for a message it does not know.
   */
  onReady(heartbeatMs: number, can: readonly Capability[]): void
  onSynced(revision: number): Promise<void>
  /** Which keys of the server it believes has changed, durably. */
  onPinned(): void
  readonly restart: Restart
  /** Absent: it has asked for no certificate. */
  readonly certification: Certification | undefined
  /** Absent: it has no remote users. */
  readonly logOns: LogOnConnection | undefined
  /** Absent: it measures nothing. */
  readonly measuring?: Pick<Measuring, 'asked'> | undefined
  /** Absent: nobody can ask it for one. */
  readonly tools?: Pick<Tools, 'asked'> | undefined
  /** Its reports say what it runs on. */
  readonly tellsBox?: boolean | undefined
  /** Durable when it resolves. */
  onLock(locked: boolean): Promise<void>
  /** An order failed that the server was told as a refusal. */
  problem(error: unknown): void
}

/** One connection from the server's hello to its end, which is always an error that says why. */
export async function runSession(link: GatewayLink, context: SessionContext): Promise<never> {
  const shaken = await shakeHands(link, context)
  await sendReport(link, context, context)
  for (;;) await obey(await link.next(), link, { ...context, ...shaken })
}

/** `sealing`: present in the first report of a connection, which leaves a deposit: the server may have lost the last one. */
export async function sendReport(
  link: GatewayLink,
  {
    adminPassword,
    desiredConfig,
    report,
    identity,
  }: Pick<SessionContext, 'adminPassword' | 'desiredConfig' | 'report' | 'identity'>,
  sealing?: Pick<SessionContext, 'identity' | 'serial' | 'random'>,
): Promise<void> {
  const { deposit, inForce, ...password } = await adminPassword.status()
  const sealed = sealing === undefined || deposit === undefined ? {} : { deposit: sealHash(deposit, sealing) }
  link.send({
    kind: 'report',
    report: { ...(await report(inForce)), ...pinnedBy(identity), ...desiredConfig.status() },
    password: { ...password, ...sealed },
  })
}

function pinnedBy(identity: Identity): Pick<WireReport, 'pinned'> {
  const [key, successor] = [identity.serverKey(), identity.successor()]
  return key === undefined ? {} : { pinned: { key, ...(successor === undefined ? {} : { successor }) } }
}

function sealHash(
  { changeId, generation, hash }: { readonly changeId: string; readonly generation: number; readonly hash: string },
  { identity, serial, random }: Pick<SessionContext, 'identity' | 'serial' | 'random'>,
): string {
  return sealDeposit(identity.sealing, hash, { serial, changeId, generation }, random)
}

interface Shaken {
  /** Of the connection. */
  readonly transcript: Buffer
  /** What both sides can do. */
  readonly can: readonly Capability[]
}

async function shakeHands(link: GatewayLink, context: SessionContext): Promise<Shaken> {
  const { serial, identity, enrolmentKey, random } = context
  const { signing, sealing } = identity
  const serverKey = identity.serverKey()
  const successor = identity.successor()
  const proof = {
    serial,
    signing,
    sealing,
    ticket: identity.ticket(),
    ticketBefore: identity.ticketBefore(),
    serverKey,
    successor,
    enrolmentKey,
    capabilities: capabilities.filter(
      (name) =>
        // Who has keys certified carries packets.
        (name !== 'network' || context.certification !== undefined) &&
        (!/^(box\b|routes$)/.test(name) || context.tellsBox === true) &&
        (name !== 'tools' || context.tools !== undefined),
    ),
  }
  const handshake = startGatewayHandshake(await link.nextText(), proof, random)
  link.sendText(handshake.prove)
  const result = handshake.receive(await link.nextText())
  if (result.is === 'refused') throw new RefusedByServer(result.code, result.message)
  link.seal(result.frames, takesParts(result.capabilities) ? 'takes' : undefined)
  if (serverKey === undefined) await identity.pin(result.serverKey)
  else await identity.proved(result.serverKey)
  return { transcript: result.transcript, can: result.capabilities }
}

async function obey(message: FromServer, link: GatewayLink, context: SessionContext & Shaken): Promise<void> {
  switch (message.kind) {
    case 'successor':
      return follow(context, 'a successor of its key', () => context.identity.nameSuccessor(message))
    case 'switched':
      return follow(context, 'its new key', () => context.identity.switchTo(message, context.transcript))
    case 'set':
      return receive({ is: 'set', changeId: message.changeId, generation: message.generation }, message)
    case 'settle':
      return receive({ is: 'settle', changeId: message.changeId, verdict: message.verdict })
    case 'restore': {
      const { changeId, generation, over = null, ordered = false } = message
      const hash = openDeposit(context.identity.sealing, message.deposit, {
        serial: context.serial,
        changeId,
        generation,
      })
      return receive({ is: 'restore', changeId, generation, hash, over, ordered })
    }
    case 'ticket':
      await context.identity.storeTicket(message.ticket, message.before)
      link.send({ kind: 'ticket-stored' })
      return
    case 'ready':
      context.onReady(message.heartbeatMs, context.can)
      return
    case 'synced':
      await context.onSynced(message.revision)
      return
    case 'configure':
      // Its system may take its time; a password does not wait for that.
      void configure(message.desired, message.confirmMs, link, context)
      return
    case 'confirm':
      // It comes behind what the system is taking at the moment, and a password does not wait for that either.
      void confirm(message.trial, link, context)
      return
    case 'lock':
      return context.onLock(message.locked)
    case 'reboot':
      return restart(message.commandId, undefined, link, context)
    case 'upgrade':
      return restart(message.commandId, message.version, link, context)
    case 'certificate':
      context.certification?.answered(message)
      return
    case 'logged-on':
    case 'user-ended':
    case 'user-bandwidth':
      return context.logOns?.answered(message)
    case 'measure':
    case 'diagnose':
      return context.measuring?.asked(message)
    case 'tool':
      return context.tools?.asked(message)
    case 'later':
      throw new SentAway(message.afterMs)
    case 'go': // it answers a `restarting` only
    case 'beat':
      return
  }

  function receive(order: PasswordOrder, set?: FromServer & { kind: 'set' }): Promise<void> {
    const passwordLink: PasswordLink = {
      isCurrent: () => link.isOpen,
      open: async (purpose) => {
        if (set === undefined) throw new Error('Only a set brings a password.')
        return openPassword(context.identity.sealing, set.sealed, { serial: context.serial, ...purpose })
      },
      deposit: (change) => sealHash(change, context),
      send: (answer) => link.send(answer),
      problem: context.problem,
    }
    return context.adminPassword.receive(order, passwordLink)
  }
}

/** What is not believed, or could not be stored, is not reported: the server says it again on the next connection. */
async function follow(
  { onPinned, problem }: SessionContext,
  what: string,
  store: () => Promise<boolean>,
): Promise<void> {
  try {
    if (!(await store())) throw new Error(`The server named ${what} that this gateway does not believe.`)
    onPinned()
  } catch (error) {
    problem(error)
  }
}

/** What could not be stored is not in force: the server hears that, and tries again. */
async function configure(
  desired: MarkedConfig | undefined,
  withinMs: number,
  link: GatewayLink,
  { desiredConfig, problem }: SessionContext,
): Promise<void> {
  try {
    await desiredConfig.configure(desired, withinMs)
  } catch (error) {
    problem(error)
    link.send({ kind: 'configured', ...desiredConfig.status(), problem: 'It could not be stored.' })
  }
}

/** What could not be stored is not confirmed: the next connection is told again. */
async function confirm(
  trial: number,
  link: GatewayLink,
  { desiredConfig, during, problem }: SessionContext,
): Promise<void> {
  try {
    await desiredConfig.confirm(trial, during)
  } catch (error) {
    problem(error)
    link.end('A confirmation could not be stored.')
  }
}

async function restart(
  commandId: string,
  version: string | undefined,
  link: GatewayLink,
  context: SessionContext,
): Promise<void> {
  const begin = context.restart(version)
  if (begin === undefined) {
    link.send({ kind: 'not-restarting', commandId })
    return
  }
  link.send({ kind: 'restarting', commandId })
  await untilGo(link)
  throw new Restarting(begin)
}

/** The server has recorded it, or cannot be asked any more: whoever was told that it restarts has to be right. */
async function untilGo(link: GatewayLink): Promise<void> {
  try {
    while ((await link.next()).kind !== 'go');
  } catch (error) {
    if (!(error instanceof LinkEnded)) throw error
  }
}
