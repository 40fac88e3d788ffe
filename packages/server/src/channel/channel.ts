import type { IncomingMessage } from 'node:http'
import {
  createLink,
  createPace,
  type FromGateway,
  type FromServer,
  fromGatewaySchema,
  type LinkSocket,
  type Pace,
  type Random,
  type Timers,
  type WallClock,
} from '@opensag/protocol'
import type { Logger } from 'pino'
import type { Bus } from '../bus/bus.ts'
import { endings } from '../model/endings.ts'
import type { TunnelUsers } from '../model/tunnel-users.ts'
import type { Sealer } from '../sealing/sealing.ts'
import { failUnattendedChanges } from '../store/gateways/password-changes.ts'
import { countGatewaysOf, setAllOffline } from '../store/gateways/presence.ts'
import { gatewaySources } from '../store/gateways/sources.ts'
import type { Store } from '../store/store.ts'
import type { Tracing } from '../tracing/tracing.ts'
import { Arrival, type Arrivals, type Visit } from './arrival.ts'
import { createAuthority } from './authority.ts'
import { serveConnection } from './connection.ts'
import type { ChannelContext } from './context.ts'
import { endingOf } from './ending-of.ts'
import type { ServerLink } from './handshake.ts'
import type { GatewayConnections } from './held-gateways.ts'
import { type ChannelIdentity, openIdentity } from './identity.ts'
import { createKnownSources, mostSources } from './known-sources.ts'
import { stepDown } from './older-connections.ts'
import { sendAway, untilMoved } from './send-away.ts'
import { type ChannelSettings, defaultSettings } from './settings.ts'
import { sweep } from './sweep.ts'
import { createThrottle } from './throttle.ts'
import { createUpgrade, type HandleUpgrade } from './upgrade.ts'

export interface ChannelOptions {
  readonly store: Store
  readonly bus: Bus
  readonly sealer: Sealer
  readonly wallClock: WallClock
  /** Of orders and subscriptions; without it the wall clock. */
  readonly businessClock?: () => number
  readonly timers: Timers
  readonly random: Random
  /** Names this process in the store; the same after a restart, or its gateways stay online for ever. */
  readonly nodeId: string
  readonly logger: Logger
  readonly settings?: Partial<ChannelSettings>
  /** Makes spans of what gateways are told; none unless it is given. */
  readonly tracing?: Tracing | undefined
  readonly tunnelUsers?: TunnelUsers | undefined
  /** Where its owner changes it; otherwise it is opened here. */
  readonly identity?: ChannelIdentity
  /** Behind a proxy: where the gateway really comes from. */
  readonly remoteAddress?: (request: IncomingMessage) => string
}

/** The part of a WebSocket that a connection uses. */
export interface ChannelSocket extends LinkSocket {
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'close', listener: (code?: number) => void): unknown
}

export type Accept = (socket: ChannelSocket, address: string, visit?: Visit) => void

export interface Channel {
  /** For the `upgrade` event of the server that also serves the API. Answers every such request, whatever its path. */
  readonly handleUpgrade: HandleUpgrade
  /** Serves a connection that was let in, from its first byte to its end. */
  readonly accept: Accept
  /** Ends a gateway's connection, if this node holds it; resolves once it is recorded as offline. */
  disconnect(serial: string): Promise<void>
  /** How many gateways this node holds. */
  connected(): number
  /** Those that are connected to it. */
  serials(): readonly string[]
  /** Tells every gateway to come back later and records them all as offline. */
  close(): Promise<void>
}

/** Each is signed or sealed for its own connection, some 0.1 ms. */
const toldAtOnce = 50

/** Gateways this node held before it stopped are offline, and what they were being asked has failed, once this resolves. */
export async function createChannel(options: ChannelOptions): Promise<Channel> {
  const { store, wallClock, timers, nodeId, logger, remoteAddress } = options
  const settings = { ...defaultSettings, ...options.settings }
  const identity = options.identity ?? (await openIdentity(options))
  const { businessClock = wallClock } = options
  const context: ChannelContext = { ...options, businessClock, settings, identity, authority: createAuthority(options) }
  await cleanUp(context)

  const knownSources = createKnownSources(await store.read((db) => gatewaySources(db, mostSources)))
  const held: GatewayConnections = new Map()
  const all = new Set<Arrival>()
  const arrivals: Arrivals = { held, timers, settings, mayCome }
  const framePace = { burst: settings.frames, everyMs: settings.frameBackMs }
  const comings = createThrottle({ allowance: settings.comings, backMs: settings.comingBackMs, wallClock })
  let closing = false
  let cancelBeat = timers.after(settings.heartbeatMs, onBeat)
  let cancelSweep = timers.after(settings.sweepMs, onSweep)
  let sweeping: Promise<void> = Promise.resolve()

  identity.onChange(() => void tellIdentity())

  /** A few at a time: a large fleet does not keep others waiting. */
  async function tellIdentity(): Promise<void> {
    let told = 0
    for (const gateway of [...held.values()]) {
      gateway.tellIdentity()
      if (++told % toldAtOnce === 0) await new Promise((resolve) => setImmediate(resolve))
    }
  }

  function onSweep(): void {
    sweeping = sweep(context, held)
      .catch((error: unknown) => logger.error({ err: error }, 'What was left behind could not be swept up.'))
      .then(() => {
        if (!closing) cancelSweep = timers.after(settings.sweepMs, onSweep)
      })
  }

  function onBeat(): void {
    cancelBeat = timers.after(settings.heartbeatMs, onBeat)
    for (const open of all) {
      open.silentBeats = open.link.takeHeard() ? 0 : open.silentBeats + 1
      if (open.silentBeats >= settings.silentBeats) open.link.end(endings.silent)
    }
  }

  function accept(socket: ChannelSocket, address: string, visit?: Visit): void {
    const link = linkOver(socket, createPace(framePace, wallClock), wallClock)
    const arrival = new Arrival(link, address, arrivals, visit)
    all.add(arrival)
    link.onEnd(() => {
      all.delete(arrival)
      arrival.over()
    })
    void serveConnection(link, context, arrival)
  }

  /** Gateways that the store says this node has; none while it does not answer. */
  async function countRecorded(): Promise<number> {
    try {
      return await store.read((db) => countGatewaysOf(db, nodeId))
    } catch (error) {
      logger.error({ err: error }, 'It cannot be seen whether other nodes have the gateways.')
      return 0
    }
  }

  function mayCome(serial: string): boolean {
    if (comings.isBlocked(serial)) return false
    comings.refused(serial)
    return true
  }

  return {
    handleUpgrade: createUpgrade({
      settings,
      wallClock,
      timers,
      remoteAddress,
      knownSources,
      accept,
      isClosing: () => closing,
    }),
    accept,
    async disconnect(serial) {
      await (held.get(serial)?.end(endings.operator) ?? stepDown(options.bus, serial))
    },
    connected: () => held.size,
    serials: () => [...held].flatMap(([serial, gateway]) => (gateway.isConnected() ? [serial] : [])),
    async close() {
      closing = true
      cancelSweep()
      await sweeping
      const chance = (): number => context.random(4).readUInt32BE() / 2 ** 32
      const began = timers.now()
      await sendAway([...held.values()], { settings, timers, chance })
      cancelBeat()
      for (const { link } of [...all]) link.end('The server stops.')
      const { moveWithinMs } = settings
      if (moveWithinMs > 0) await untilMoved(countRecorded, { moveWithinMs, began, timers })
      await store.write((tx) => setAllOffline(tx, { node: nodeId, at: wallClock(), reason: endings.serverStopped }))
      logger.info('The channel is closed.')
    },
  }
}

async function cleanUp({ store, wallClock, nodeId, logger }: ChannelContext): Promise<void> {
  const at = wallClock()
  const { failed, offline } = await store.write(async (tx) => ({
    failed: await failUnattendedChanges(tx, { node: nodeId, at, attended: () => new Set() }),
    offline: await setAllOffline(tx, { node: nodeId, at, reason: endings.serverRestarted }),
  }))
  if (failed + offline > 0)
    logger.info({ failed, offline }, 'The server did not stop in order: changes failed, gateways are offline.')
}

function linkOver(socket: ChannelSocket, pace: Pace, wallClock: WallClock): ServerLink {
  const link = createLink<FromGateway, FromServer>({ socket, incoming: fromGatewaySchema, onBeat, pace, wallClock })
  // Without fragments in `nodebuffer` mode every message is one Buffer.
  socket.on('message', (data: Buffer, isBinary: boolean) => link.received(data, isBinary))
  socket.on('error', (error) => link.closed(error.message))
  socket.on('close', (code) => link.closed(endingOf(code)))
  return link
}

function onBeat(link: ServerLink): void {
  link.send({ kind: 'beat' })
}
