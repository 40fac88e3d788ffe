import { LinkEnded, ProtocolError, type Random, type Secret, type Timers, watchReach } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { GatewayPassword } from './admin-password.ts'
import type { Certification } from './connection-certification.ts'
import { createConfirmation } from './connection-confirmation.ts'
import { Restarting, SentAway } from './connection-ends.ts'
import { type Identity, openIdentity } from './connection-identity.ts'
import type { LogOnConnection } from './connection-log-ons.ts'
import type { NetworkReporting } from './connection-network-report.ts'
import { createPause } from './connection-pause.ts'
import { createReenrolment } from './connection-reenrolment.ts'
import { afterBeingSent, afterFailure, afterRefusal, refusalOf } from './connection-retry.ts'
import { type GatewayLink, type Restart, runSession, sendReport } from './connection-session.ts'
import { noUpgrade, type OpenedLink, openLink } from './connection-socket.ts'
import type { ConnectionState } from './connection-state.ts'
import type { Teller } from './connection-teller.ts'
import { checkServerUrl } from './connection-url.ts'
import type { DesiredConfig } from './desired-config.ts'
import type { Disk } from './disk.ts'
import { createHeartbeats } from './heartbeats.ts'
import type { Measuring } from './measuring/measuring.ts'
import type { Report } from './report.ts'
import type { Tools } from './tools/tools.ts'

export type { ConnectionState }

export interface ConnectionOptions {
  /** `wss://host/channel`; `ws://` to this machine only. */
  readonly url: string
  /** PEM of the authority that signed the server's certificate, where that is a private one. */
  readonly ca?: string | undefined
  readonly serial: string
  /** Needed until it has enrolled, and again when the operator makes the server forget it. */
  readonly enrolmentKey?: Secret | undefined
  readonly disk: Disk
  readonly adminPassword: GatewayPassword
  readonly desiredConfig: DesiredConfig
  /** `inForce`: the hash of the administrator password, as its status tells it. */
  readonly report: (inForce: string | undefined) => Report | Promise<Report>
  /** The server took over the local configuration of this revision; durable when it resolves. */
  readonly onSynced?: (revision: number) => Promise<void>
  /** The server holds it locked, or not any more; durable when it resolves. */
  readonly onLock?: (locked: boolean) => Promise<void>
  /** Absent: it asks for no certificate. */
  readonly certification?: Certification | undefined
  /** Tell what its network is like, what it probes, and which routes it has. */
  readonly network?: NetworkReporting | undefined
  readonly probes?: Teller | undefined
  readonly measuring?: Measuring | undefined
  readonly routes?: Teller | undefined
  /** Each absent: nobody can ask it for one; it has no remote users. */
  readonly tools?: Tools | undefined
  readonly logOns?: LogOnConnection | undefined
  /** `report` says what it runs on. */
  readonly tellsBox?: boolean
  /** Absent: it cannot restart itself. */
  readonly restart?: Restart | undefined
  readonly timers: Timers
  readonly random: Random
  readonly logger: Logger
  readonly onState?: (state: ConnectionState) => void
  /** Instead of a WebSocket to `url`. */
  readonly open?: () => OpenedLink
}

export interface MaintainedConnection {
  readonly state: ConnectionState
  /** What `report` answers has changed. */
  reportChanged(): void
  /** Resolves once nothing is being written any more. */
  close(): Promise<void>
}

const handshakeMs = 30_000
/** A restart has ended this process by then, or it has failed. */
const restartMs = 60_000

/**
 * Keeps a gateway connected to its server, whatever happens to the connection, until it is closed.
 * @throws when the address is not one it may use.
 */
export function maintainConnection(options: ConnectionOptions): MaintainedConnection {
  const { serial, enrolmentKey, disk, adminPassword, desiredConfig, timers, random, logger, onState } = options
  const url = checkServerUrl(options.url)
  const heartbeats = createHeartbeats(timers)
  const { open = () => openLink(url, options.ca, heartbeats.answered) } = options
  let state: ConnectionState = { is: 'connecting' }
  let identity: Identity | undefined
  let link: GatewayLink | undefined
  let closed = false
  const pause = createPause(timers)
  let failures = 0
  /** Why the attempt before failed. */
  let lastReason: string | undefined
  /** It has been told that it is not known, though it has enrolled: perhaps the operator wants it to do so again. */
  let enrolAnew = false
  let isReportDue = false
  let isReporting = false
  /** When the server that turned it away wants it back. */
  let wished = (): number | undefined => undefined
  const confirmation = createConfirmation({
    serial,
    desiredConfig,
    timers,
    random,
    logger,
    identity: () => identity,
    open,
  })
  const reach = watchReach(desiredConfig, (err) =>
    logger.error({ serial, err }, 'What was given up could not be kept.'),
  )
  const reenrolment = createReenrolment({ disk, serial, key: enrolmentKey, random, timers, logger, open })

  function change(next: ConnectionState): void {
    state = next
    onState?.(next)
  }

  async function run(): Promise<void> {
    while (!closed) {
      change({ is: 'connecting' })
      const waitMs = await attempt()
      if (!closed) await pause.for(waitMs)
    }
    change({ is: 'closed' })
  }

  /** Resolves when the connection is over, with the time to wait before the next. */
  async function attempt(): Promise<number> {
    let enrols = false
    try {
      await reenrolment.attempt()
      identity ??= await openIdentity({ disk, serial, random })
      await identity.settle()
      enrols = identity.serverKey() === undefined || enrolAnew
      if (closed) return 0
      const during = desiredConfig.trial()
      reach.begin()
      const { link: opened, comeBackMs } = open()
      link = opened
      wished = comeBackMs
      const cancelLimit = timers.after(handshakeMs, () => opened.end('The server did not answer in time.'))
      opened.onEnd((reason) => {
        cancelLimit()
        // An order may still be carried out for a while; it is not connected any more all the same.
        if (state.is === 'online') change({ is: 'waiting', reason })
      })
      await runSession(opened, {
        serial,
        identity,
        enrolmentKey: enrols ? enrolmentKey : undefined,
        adminPassword,
        desiredConfig,
        during,
        random,
        report(inForce) {
          isReportDue = false
          return options.report(inForce)
        },
        onReady(heartbeatMs, can) {
          cancelLimit()
          reach.heard()
          failures = 0
          lastReason = undefined
          enrolAnew = false
          heartbeats.begin(opened, heartbeatMs)
          change({ is: 'online' })
          options.probes?.online(opened, can)
          options.measuring?.online(opened, can)
          options.routes?.online(opened, can)
          options.tools?.online(opened, can)
          if (can.includes('network')) {
            options.certification?.online(opened)
            options.network?.online(opened, heartbeats)
            options.logOns?.online(opened, heartbeatMs)
          }
          reportIfDue()
        },
        onPinned: () => reportChanged(),
        onSynced: async (revision) => options.onSynced?.(revision),
        onLock: async (locked) => options.onLock?.(locked),
        certification: options.certification,
        logOns: options.logOns,
        measuring: options.measuring,
        tools: options.tools,
        tellsBox: options.tellsBox,
        restart: (version) => options.restart?.(version),
        problem: (error) => logger.error({ serial, err: error }, 'An order of the server could not be carried out.'),
      })
    } catch (error) {
      link?.end('This side ended the connection.')
      return next(error, enrols)
    } finally {
      heartbeats.stop()
      const { certification, network, probes, measuring, routes, tools, logOns } = options
      for (const one of [certification, network, probes, measuring, routes, tools, logOns]) one?.offline()
      link = undefined
    }
    return 0
  }

  function next(error: unknown, enrolled: boolean): number {
    if (closed) return 0
    const reason = error instanceof Error ? error.message : 'Something failed.'
    if (error instanceof Restarting) {
      change({ is: 'waiting', reason })
      error.begin()
      return restartMs
    }
    const code = refusalOf(error)
    if (error instanceof SentAway || code !== undefined) reach.heard()
    if (error instanceof SentAway) {
      change({ is: 'waiting', reason })
      return afterBeingSent(error.comeBackMs, random)
    }
    if (code !== undefined) {
      logger.error({ serial, code, reason }, 'The server and this gateway do not accept one another.')
      change({ is: 'refused', code, reason })
      enrolAnew = code === 'NotAdmitted' && !enrolled && enrolmentKey !== undefined
      return enrolAnew ? afterFailure(0, random) : afterRefusal(random)
    }
    if (reason === noUpgrade) {
      // Once, not at each attempt: until somebody acts it stays the same.
      if (lastReason !== noUpgrade) logger.warn({ serial, reason }, 'Not connected.')
    } else if (error instanceof LinkEnded || error instanceof ProtocolError)
      logger.info({ serial, reason }, 'Not connected.')
    else logger.error({ serial, err: error }, 'The connection failed on this side.')
    reach.failed()
    lastReason = reason
    change({ is: 'waiting', reason })
    const comeBackMs = wished()
    return comeBackMs === undefined ? afterFailure(failures++, random) : afterBeingSent(comeBackMs, random)
  }

  function reportIfDue(): void {
    const current = link
    const of = identity
    if (current === undefined || of === undefined || state.is !== 'online' || !isReportDue || isReporting) return
    isReporting = true
    sendReport(current, {
      adminPassword,
      desiredConfig,
      identity: of,
      report(inForce) {
        isReportDue = false
        return options.report(inForce)
      },
    })
      .catch((error: unknown) => {
        logger.error({ serial, err: error }, 'A report could not be made.')
        current.end('A report could not be made.')
      })
      .finally(() => {
        isReporting = false
        reportIfDue()
      })
  }

  function reportChanged(): void {
    isReportDue = true
    reportIfDue()
  }

  desiredConfig.onTell(() => {
    if (state.is === 'online') reach.heard()
    if (state.is === 'online') link?.send({ kind: 'configured', ...desiredConfig.status() })
    else isReportDue = true
  })
  desiredConfig.onTrial(() => confirmation.seek(state.is === 'online'))
  const running = run()
  confirmation.seek(false)

  return {
    get state() {
      return state
    },
    reportChanged,
    close() {
      closed = true
      link?.end('The gateway stops.', 'gently')
      reenrolment.close()
      pause.end()
      return Promise.all([running, confirmation.close()]).then(() => undefined)
    },
  }
}
