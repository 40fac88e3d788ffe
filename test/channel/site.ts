import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createManualTime, type ManualTime, Secret, type ServerKeys, type Timers } from '@opensag/protocol'
import { pino } from 'pino'
import { type GatewayPassword, openAdminPassword } from '../../packages/agent/src/admin-password.ts'
import {
  type ConnectionState,
  type MaintainedConnection,
  maintainConnection,
} from '../../packages/agent/src/connection.ts'
import type { Certification } from '../../packages/agent/src/connection-certification.ts'
import type { NetworkReporting } from '../../packages/agent/src/connection-network-report.ts'
import type { Restart } from '../../packages/agent/src/connection-session.ts'
import { openLink } from '../../packages/agent/src/connection-socket.ts'
import { type ApplyConfig, type DesiredConfig, openDesiredConfig } from '../../packages/agent/src/desired-config.ts'
import { createMemoryDisk, type Disk } from '../../packages/agent/src/disk.ts'
import type { Report } from '../../packages/agent/src/report.ts'
import type { Vault } from '../../packages/agent/src/vault.ts'
import type { Bus } from '../../packages/server/src/bus/bus.ts'
import { createInProcessBus } from '../../packages/server/src/bus/in-process.ts'
import { createAdminPasswords } from '../../packages/server/src/channel/admin-passwords.ts'
import { type Channel, createChannel } from '../../packages/server/src/channel/channel.ts'
import { createTellGateways } from '../../packages/server/src/channel/desired-config.ts'
import { createGatewayCommands } from '../../packages/server/src/channel/gateway-commands.ts'
import { type ChannelIdentity, openIdentity } from '../../packages/server/src/channel/identity.ts'
import type { ChannelSettings } from '../../packages/server/src/channel/settings.ts'
import type { Device } from '../../packages/server/src/model/device.ts'
import type { CommandOutcome, PasswordOutcome, ToGateway } from '../../packages/server/src/model/gateway-requests.ts'
import { createSealer } from '../../packages/server/src/sealing/sealing.ts'
import { createFleet } from '../../packages/server/src/store/fleet/create-fleet.ts'
import type { TellGateways } from '../../packages/server/src/store/repositories.ts'
import type { Store } from '../../packages/server/src/store/store.ts'
import { openTestStore } from '../../packages/server/src/store/testing/database.suite.ts'
import { until } from '../support/time.ts'

const logger = pino({ level: 'silent' })
export const enrolmentKey = Secret.of('an-enrolment-key-for-tests')

/** Holds everything a test opened, and closes it in the opposite order. */
export interface Site {
  readonly folder: string
  later(close: () => Promise<unknown>): void
  close(): Promise<void>
}

export async function createSite(): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'opensag-channel-'))
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true })]
  return {
    folder,
    later: (close) => closing.push(close),
    async close() {
      for (const close of closing.splice(0).reverse()) await close()
    },
  }
}

/** As calls that begin at the moment they are made. */
interface Commands {
  reboot(serial: string): Promise<CommandOutcome>
  upgrade(serial: string, version: string): Promise<CommandOutcome>
  synchronise(serial: string): Promise<CommandOutcome>
}

export interface TestServer {
  readonly store: Store
  readonly bus: Bus
  readonly channel: Channel
  readonly identity: ChannelIdentity
  readonly commands: Commands
  readonly tellGateways: TellGateways
  readonly time: ManualTime
  readonly http: Server
  readonly url: string
  add(serial: string): Promise<void>
  device(serial: string): Promise<Device>
  events(serial: string): Promise<readonly string[]>
  journal(): Promise<readonly string[]>
  /** `began`: when the call did, where that is not now. */
  change(serial: string, password: string, began?: number): Promise<PasswordOutcome>
  stop(): Promise<void>
}

export const masterKey = randomBytes(32)

export async function startServer(
  site: Site,
  {
    folder = site.folder,
    settings = {},
    answerMs,
    http = createServer(),
    within = (store) => store,
    keys,
  }: ServerOptions = {},
): Promise<TestServer> {
  const time = createManualTime()
  const store = within(await openTestStore(folder))
  const sealer = createSealer(masterKey)
  const bus = createInProcessBus({ timers: time.timers })
  const world = { store, bus, sealer, wallClock: time.wallClock, timers: time.timers, random: randomBytes, logger }
  const opened = await openIdentity(world)
  const identity = keys === undefined ? opened : { ...opened, keys, announced: undefined }
  const channel = await createChannel({ ...world, identity, nodeId: 'node', settings })
  const reaching = { ...world, ...(answerMs === undefined ? {} : { answerMs }) }
  const adminPasswords = createAdminPasswords(reaching)
  const commands = createGatewayCommands(reaching)
  const now = (serial: string): ToGateway => ({ serial, began: time.timers.now() })
  http.on('upgrade', channel.handleUpgrade)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo

  async function device(serial: string): Promise<Device> {
    const found = await store.read((db) => createFleet(db).device(serial))
    if (found === undefined) throw new Error(`No device ${serial}.`)
    return found
  }

  let stopped = false
  async function stop(): Promise<void> {
    if (stopped) return
    stopped = true
    await channel.close()
    http.closeAllConnections()
    await new Promise((resolve) => http.close(resolve))
    await bus.close()
    await store.close()
  }
  site.later(stop)

  return {
    store,
    bus,
    channel,
    identity,
    commands: {
      reboot: (serial) => commands.reboot(now(serial)),
      upgrade: (serial, version) => commands.upgrade(now(serial), version),
      synchronise: (serial) => commands.synchronise(now(serial)),
    },
    tellGateways: createTellGateways(world),
    time,
    http,
    url: `ws://127.0.0.1:${port}/channel`,
    add: (serial) =>
      store.write((tx) =>
        createFleet(tx, sealer).addDevice({
          serial,
          model: 'sag-1000',
          version: '2.0.0.0',
          enrolmentKey,
          resettable: true,
          createdAt: 0,
        }),
      ),
    device,
    events: (serial) =>
      store.read(async (db) => {
        const rows = await db
          .selectFrom('device_event')
          .select('kind')
          .where('serial', '=', serial)
          .orderBy('id')
          .execute()
        return rows.map(({ kind }) => kind)
      }),
    journal: () =>
      store.read(async (db) => {
        const rows = await db.selectFrom('password_change').select('outcome').orderBy('requested_at').execute()
        return rows.map(({ outcome }) => outcome)
      }),
    change: async (serial, password, began = time.timers.now()) =>
      adminPasswords.change({
        began,
        device: await device(serial),
        password: Secret.of(password),
        accountId: '1000000000000001',
        principal: 'acs:ram::1000000000000001:root',
        requestId: 'request',
      }),
    stop,
  }
}

interface ServerOptions {
  readonly folder?: string
  readonly settings?: Partial<ChannelSettings>
  /** How long the whole answer to a call may take. */
  readonly answerMs?: number
  readonly http?: Server
  /** Between the store and all that use it. */
  readonly within?: (store: Store) => Store
  /** Those of another server. */
  readonly keys?: ServerKeys | undefined
}

export interface FakeVault extends Vault {
  /** Called before the steps of a change; may wait or throw. */
  onHash: () => Promise<void>
  onReplace: () => Promise<void>
}

export function createFakeVault(): FakeVault {
  let accepted: string | undefined
  const vault: FakeVault = {
    onHash: async () => {},
    onReplace: async () => {},
    current: async () => accepted,
    async replace(hash) {
      await vault.onReplace()
      accepted = hash
    },
    settle: async () => {},
    async hash(password) {
      await vault.onHash()
      return `fake ${randomBytes(6).toString('hex')} ${password.reveal()}`
    },
    verify: async (password, hash) => hash.split(' ')[2] === password.reveal(),
  }
  return vault
}

export interface TestGateway {
  readonly connection: MaintainedConnection
  readonly states: readonly ConnectionState[]
  /** What it was told of its lock. */
  readonly locks: readonly boolean[]
  readonly time: ManualTime
  readonly disk: Disk
  readonly vault: FakeVault
  readonly password: GatewayPassword
  readonly desiredConfig: DesiredConfig
  report: Report
  /** The next word that its local configuration is agreed on passes it by. */
  losesSynced: boolean
  /** Those of the given passwords that open it. */
  accepts(...passwords: readonly string[]): Promise<readonly string[]>
  stop(): Promise<void>
}

export interface GatewayOptions {
  readonly url: string
  readonly serial?: string
  readonly disk?: Disk
  readonly vault?: FakeVault
  readonly key?: Secret | undefined
  readonly ca?: string
  readonly restart?: Restart
  readonly apply?: ApplyConfig
  /** Where its connections lead from now on, asked for each of them. */
  readonly urlNow?: () => string
  /** Instead of its own time that stands still. */
  readonly timers?: Timers
  /** It carries packets. */
  readonly certification?: Certification
  readonly network?: NetworkReporting
}

export async function startGateway(
  site: Site,
  {
    url,
    serial = 'sag00001',
    disk = createMemoryDisk(),
    vault = createFakeVault(),
    key = enrolmentKey,
    ca,
    timers,
    restart,
    apply,
    urlNow,
    certification,
    network,
  }: GatewayOptions,
): Promise<TestGateway> {
  const time = createManualTime()
  const states: ConnectionState[] = []
  const locks: boolean[] = []
  const password = await openAdminPassword({ disk, vault })
  const desiredConfig = await openDesiredConfig({ disk, timers: timers ?? time.timers, apply })
  const gateway = {
    states,
    locks,
    time,
    disk,
    vault,
    password,
    desiredConfig,
    losesSynced: false,
    report: {
      version: '2.3.1.1',
      startedAt: 1_700_000_000_000,
      serviceIp: '192.0.2.7',
      consoleUrl: 'http://127.0.0.1:8080/',
      localRevision: 0,
      syncedRevision: 0,
      resettable: true,
      locked: false,
    } satisfies Report as Report,
    async accepts(...passwords: readonly string[]) {
      const right: string[] = []
      for (const one of passwords) if (await password.verify(Secret.of(one))) right.push(one)
      return right
    },
  }
  const connection = maintainConnection({
    url,
    ...(urlNow === undefined ? {} : { open: () => openLink(new URL(urlNow()), ca) }),
    ca,
    serial,
    enrolmentKey: key,
    disk,
    adminPassword: password,
    desiredConfig,
    report: () => gateway.report,
    certification,
    network,
    restart,
    async onLock(locked) {
      locks.push(locked)
    },
    async onSynced(revision) {
      if (gateway.losesSynced) {
        gateway.losesSynced = false
        return
      }
      gateway.report = { ...gateway.report, syncedRevision: revision }
      connection.reportChanged()
    },
    timers: timers ?? time.timers,
    random: randomBytes,
    logger,
    onState: (state) => states.push(state),
  })
  const stop = (): Promise<void> => connection.close()
  site.later(stop)
  return Object.assign(gateway, { connection, stop })
}

export async function online(gateway: TestGateway): Promise<void> {
  await until('the gateway is online', () => gateway.connection.state.is === 'online')
}

/** Lets the gateway's time pass until it is online once more than it was. */
export async function onlineAgain(gateway: TestGateway): Promise<void> {
  const times = (): number => gateway.states.filter(({ is }) => is === 'online').length
  const before = times()
  await until('the gateway is online again', () => {
    if (gateway.connection.state.is === 'waiting') gateway.time.advance(60_000)
    return times() > before
  })
}
