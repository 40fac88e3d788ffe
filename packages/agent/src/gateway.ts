import { randomBytes } from 'node:crypto'
import { type DpiReport, type Random, type Secret, systemTimers, type Timers, type WallClock } from '@opensag/protocol'
import type { Logger } from 'pino'
import { type AdminPassword, openAdminPassword } from './admin-password.ts'
import { createBoxReporting } from './box/box-reporting.ts'
import type { BoxState } from './box/box-state.ts'
import { restartOnRoles } from './box/restart-on-roles.ts'
import { type BoxClock, systemBoxClock } from './box-clock.ts'
import { type ConnectionState, maintainConnection } from './connection.ts'
import type { Certification } from './connection-certification.ts'
import type { LogOnConnection } from './connection-log-ons.ts'
import { createNetworkReporting, type NetworkState } from './connection-network-report.ts'
import { createRouteReporting, type RouteState } from './connection-routes.ts'
import type { Restart } from './connection-session.ts'
import type { OpenedLink } from './connection-socket.ts'
import { checkServerUrl } from './connection-url.ts'
import { type LocalConsole, startLocalConsole } from './console/server.ts'
import { openConsoleCode } from './console-code.ts'
import { type ConsolePlace, reachableUrl } from './console-place.ts'
import { type ApplyConfig, type DesiredConfig, openDesiredConfig } from './desired-config.ts'
import type { Survey } from './diagnosis/survey.ts'
import type { Disk } from './disk.ts'
import { type Forwarding, keepForwarding } from './forwarding.ts'
import { type LocalSettings, openLocalSettings } from './local-settings.ts'
import { followThreshold } from './lock-threshold.ts'
import { openMeasuring } from './measuring/measuring.ts'
import { openOfflineLock } from './offline-lock.ts'
import { ownAddress } from './own-address.ts'
import { openPasswordAge } from './password-age.ts'
import { noProber, type Prober } from './probes/prober.ts'
import { openProbes } from './probes/probes.ts'
import type { Report } from './report.ts'
import { pressReset } from './reset-button.ts'
import type { HealthStatuses } from './route-distribution.ts'
import type { ToolBox } from './tools/tool-box.ts'
import { openTools } from './tools/tools.ts'
import type { Vault } from './vault.ts'

export interface GatewayOptions {
  readonly serial: string
  readonly model: string
  /** Firmware version, four parts. */
  readonly version: string
  /** The channel of the server: `wss://host/channel`; `ws://` to this machine only. */
  readonly serverUrl: string
  /** PEM of the authority that signed the server's certificate, where that is a private one. */
  readonly ca?: string | undefined
  /** Needed until it has enrolled. */
  readonly enrolmentKey?: Secret | undefined
  /** Everything that makes it this gateway. One process at a time may use it. */
  readonly disk: Disk
  readonly vault: Vault
  /** Where it serves its local console; without it there is none. */
  readonly console?: ConsolePlace | undefined
  /** Its own address as it reports it; by default the first one of this machine. */
  readonly serviceIp?: string | undefined
  /** D: whether the physical reset button works (`ResettableStatus`). */
  readonly resettable?: boolean
  /** Puts a configuration in force at its system; without it, it is only recorded. */
  readonly applyConfig?: ApplyConfig | undefined
  /** Whose questions for certificates it brings to the server; without it, it asks for none. */
  readonly certification?: Certification | undefined
  /** What its network is like, for the server; without it, it tells nothing of one. */
  readonly networkState?: NetworkState | undefined
  /** What it runs on, for the server; without it, it tells nothing of its ports. */
  readonly box?: BoxState | undefined
  /** What it recognises applications by; without it, it says that it cannot. */
  readonly dpi?: DpiReport | undefined
  /** What a diagnosis asks of its machine; without it these checks are left out. */
  readonly survey?: Survey | undefined
  /** Which routes it has, for the server; with `box` only. */
  readonly routes?: RouteState | undefined
  /** Sends what its health checks and probe tasks probe with; without it nothing is sent. */
  readonly prober?: Prober | undefined
  /** What it can be asked for while somebody waits; without it, it is asked for nothing. */
  readonly tools?: ToolBox | undefined
  /** What follows its health checks. */
  readonly followHealth?: ((statuses: HealthStatuses) => void) | undefined
  /** Its system forwards packets as the offline lock says. */
  readonly forwarding?: Forwarding | undefined
  /** Whose questions about remote users it brings to the server. */
  readonly logOns?: LogOnConnection | undefined
  /** What it does when the server tells it to restart; without it, it says that it cannot. */
  readonly restart?: Restart | undefined
  readonly logger: Logger
  readonly wallClock?: WallClock
  readonly timers?: Timers
  /** What its offline lock goes by. */
  readonly boxClock?: BoxClock
  readonly random?: Random
  readonly onState?: ((state: ConnectionState) => void) | undefined
  /** Instead of a WebSocket to `serverUrl`. */
  readonly open?: (() => OpenedLink) | undefined
}

export interface Gateway {
  readonly serial: string
  readonly consoleUrl: string | undefined
  readonly consolePort: number | undefined
  readonly adminPassword: AdminPassword
  readonly settings: LocalSettings
  /** What the control plane configured it as. */
  readonly desiredConfig: Pick<DesiredConfig, 'inForce' | 'status'>
  /** The server counts it as connected. */
  connected(): boolean
  /** It was away for too long: its console is closed until it is unlocked. */
  locked(): boolean
  connection(): ConnectionState
  /** D: the reset button clears the password, or everything a person has set. False where the button is disabled. */
  pressReset(what: 'password' | 'everything'): Promise<boolean>
  /** Resolves when nothing is being written any more; the disk is left to its owner. */
  stop(): Promise<void>
}

/**
 * A gateway as a program: its password, its local settings, its local console and its connection to the server.
 * @throws when its disk cannot be read, its console cannot listen, or the server's address is not one it may use.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { serial, model, version, disk, vault, logger, resettable = true } = options
  const { wallClock = Date.now, timers = systemTimers, random = randomBytes } = options
  const startedAt = wallClock()
  const serviceIp = options.serviceIp ?? ownAddress()
  // Before anything listens that would have to be undone.
  checkServerUrl(options.serverUrl)

  const adminPassword = await openAdminPassword({ disk, vault })
  const settings = await openLocalSettings({ disk, serial })
  const desiredConfig = await openDesiredConfig({
    ...{ disk, timers, apply: options.applyConfig },
    problem: (error) => logger.error({ serial, err: error }, 'A configuration could not be put in force.'),
  })
  const lock = await openOfflineLock({
    disk,
    timers,
    clock: options.boxClock ?? systemBoxClock(),
    onLocked: () => logger.error({ serial }, 'This gateway was away from its server for too long and is locked.'),
    problem: (error) => logger.error({ serial, err: error }, 'The state of the offline lock could not be written.'),
  })
  const threshold = followThreshold(lock, desiredConfig)
  const box = options.box && createBoxReporting({ box: options.box, desiredConfig, serial, logger })
  restartOnRoles(desiredConfig, options.restart?.(undefined))
  const probes = openProbes({
    ...{ desiredConfig, timers, wallClock, prober: options.prober, onHealth: options.followHealth },
    problem: (error) => logger.warn({ serial, err: error }, 'A probe could not be made.'),
  })
  const measuring = openMeasuring({
    ...options,
    ...{ desiredConfig, timers, wallClock, prober: options.prober ?? noProber },
    problem: (error) => logger.warn({ serial, err: error }, 'What the server asked for could not be found out.'),
  })
  const leaveForwarding =
    options.forwarding &&
    (await keepForwarding({
      ...{ lock, forwarding: options.forwarding, timers },
      problem: (error) => logger.error({ serial, err: error }, 'The lock of the system could not be set.'),
    }))
  const passwordAge = await openPasswordAge({ disk, vault, adminPassword, wallClock, logger })
  const localPassword: AdminPassword = {
    ...adminPassword,
    async setFirst(password) {
      const isFirst = await adminPassword.setFirst(password)
      // The page that follows shows its date.
      await passwordAge.settled()
      if (isFirst) connection.reportChanged()
      return isFirst
    },
  }
  let state: ConnectionState = { is: 'connecting' }
  let localConsole: LocalConsole | undefined

  if (options.console !== undefined) {
    localConsole = await startLocalConsole({
      ...options.console,
      code: options.console.firstVisit === 'open' ? undefined : await openConsoleCode(disk, random),
      adminPassword: localPassword,
      settings,
      status: () => ({
        serial,
        model,
        version,
        connection: state,
        passwordChangedAt: passwordAge.changedAt(),
        inForce: desiredConfig.inForce(),
        status: desiredConfig.status(),
      }),
      locked: () => lock.isLocked(),
      clock: wallClock,
      random,
      logger,
    })
  }

  const consoleUrl = localConsole && reachableUrl(localConsole, options.console?.host, serviceIp)
  const report = async (inForce: string | undefined): Promise<Report> => ({
    adminPassword: await passwordAge.of(inForce),
    version,
    startedAt,
    serviceIp,
    consoleUrl,
    localRevision: settings.localRevision(),
    syncedRevision: settings.syncedRevision(),
    resettable,
    locked: lock.isLocked(),
    box: await box?.read(),
    dpi: options.dpi,
  })

  const untold = (what: string) => (error: unknown) => logger.warn({ serial, err: error }, what)
  const connection = maintainConnection({
    url: options.serverUrl,
    ca: options.ca,
    serial,
    enrolmentKey: options.enrolmentKey,
    disk,
    adminPassword,
    desiredConfig,
    report,
    onSynced: (revision) => settings.markSynced(revision),
    async onLock(locked) {
      const was = lock.isLocked()
      await lock.set(locked)
      // An unlock counts for the next absence until the server has heard that this gateway knows of it.
      if (was !== locked) connection.reportChanged()
    },
    certification: options.certification,
    network:
      options.networkState &&
      createNetworkReporting({
        ...{ state: options.networkState, desiredConfig, timers },
        problem: untold('What the network is like could not be told.'),
      }),
    probes: probes.reporting,
    measuring,
    routes:
      options.routes &&
      createRouteReporting({ state: options.routes, timers, problem: untold('Its routes could not be told.') }),
    logOns: options.logOns,
    tools:
      options.tools &&
      openTools({ ...{ box: options.tools, timers, wallClock }, problem: untold('A tool could not be run.') }),
    tellsBox: box !== undefined,
    restart: options.restart,
    ...(options.open === undefined ? {} : { open: options.open }),
    timers,
    random,
    logger,
    onState(next) {
      state = next
      threshold.connected(next.is === 'online')
      options.onState?.(next)
    },
  })
  settings.onChange(() => connection.reportChanged())
  box?.onChange(() => connection.reportChanged())

  return {
    serial,
    consoleUrl,
    consolePort: localConsole?.port,
    adminPassword: localPassword,
    settings,
    desiredConfig,
    connected: () => state.is === 'online',
    locked: () => lock.isLocked(),
    connection: () => state,
    async pressReset(what) {
      const pressed = await pressReset(what, {
        resettable,
        adminPassword,
        settings,
        clearConfig: threshold.keepDuring(() => desiredConfig.clear()),
      })
      if (pressed) connection.reportChanged()
      return pressed
    },
    async stop() {
      await localConsole?.close()
      await connection.close()
      desiredConfig.close()
      probes.close()
      measuring.close()
      leaveForwarding?.()
      lock.close()
      // What a visitor of the console began is finished, though its answer was cut off.
      await adminPassword.status()
      await Promise.all([settings.settled(), desiredConfig.settled(), lock.settled(), passwordAge.settled()])
    },
  }
}
