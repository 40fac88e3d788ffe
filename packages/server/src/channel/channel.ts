import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import {
  createLink,
  createPace,
  type FromGateway,
  type FromServer,
  frameLimit,
  fromGatewaySchema,
  type Pace,
  type Random,
  sourceOf,
  type Timers,
  type WallClock,
} from '@opensag/protocol'
import type { Logger } from 'pino'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Bus } from '../bus/bus.ts'
import type { Sealer } from '../ram/sealing.ts'
import { setAllOffline } from '../store/gateways.ts'
import { failUnattendedChanges } from '../store/password-changes.ts'
import type { Store } from '../store/store.ts'
import { serveConnection } from './connection.ts'
import { createEntrance } from './entrance.ts'
import type { ServerLink } from './handshake.ts'
import type { HeldGateways } from './held-gateway.ts'
import { openIdentity } from './identity.ts'
import { stepDown } from './older-connections.ts'
import { type ChannelSettings, defaultSettings } from './settings.ts'
import { sweep } from './sweep.ts'
import { createCounts, createThrottle } from './throttle.ts'
import type { ChannelWorld } from './world.ts'

export const channelPath = '/channel'

export interface ChannelOptions {
  readonly store: Store
  readonly bus: Bus
  readonly sealer: Sealer
  readonly wallClock: WallClock
  readonly timers: Timers
  readonly random: Random
  /** Names this process in the store; the same after a restart, or its gateways stay online for ever. */
  readonly nodeId: string
  readonly logger: Logger
  readonly settings?: Partial<ChannelSettings>
  /** Behind a proxy: where the gateway really comes from. */
  readonly remoteAddress?: (request: IncomingMessage) => string
}

export interface Channel {
  /** For the `upgrade` event of the server that also serves the API. Answers every such request, whatever its path. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Ends a gateway's connection, if this node holds it; resolves once it is recorded as offline. */
  disconnect(serial: string): Promise<void>
  /** How many gateways this node holds. */
  connected(): number
  /** Those that are connected to it. */
  serials(): readonly string[]
  /** Tells every gateway to come back later and records them all as offline. */
  close(): Promise<void>
}

interface Open {
  readonly link: ServerLink
  silentBeats: number
}

/** Gateways this node held before it stopped are offline, and what they were being asked has failed, once this resolves. */
export async function createChannel(options: ChannelOptions): Promise<Channel> {
  const { store, wallClock, timers, nodeId, logger, remoteAddress = socketAddress } = options
  const settings = { ...defaultSettings, ...options.settings }
  const world: ChannelWorld = { ...options, settings, identity: await openIdentity(options) }
  await cleanUp(world)

  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: frameLimit,
  })
  const throttle = createThrottle({ allowance: settings.refusals, backMs: settings.refusalBackMs, wallClock })
  const held: HeldGateways = new Map()
  const all = new Set<Open>()
  const unproved = createCounts()
  const entrance = createEntrance({
    atOnce: settings.handshakesAtOnce,
    perSecond: settings.handshakesPerSecond,
    wallClock,
  })
  const comings = createThrottle({ allowance: settings.comings, backMs: settings.comingBackMs, wallClock })
  let closing = false
  let cancelBeat = timers.after(settings.heartbeatMs, onBeat)
  let cancelSweep = timers.after(settings.sweepMs, onSweep)
  let sweeping: Promise<void> = Promise.resolve()

  function onSweep(): void {
    sweeping = sweep(world, held)
      .catch((error: unknown) => logger.error({ err: error }, 'What was left behind could not be swept up.'))
      .then(() => {
        if (!closing) cancelSweep = timers.after(settings.sweepMs, onSweep)
      })
  }

  function onBeat(): void {
    cancelBeat = timers.after(settings.heartbeatMs, onBeat)
    for (const open of all) {
      open.silentBeats = open.link.takeHeard() ? 0 : open.silentBeats + 1
      if (open.silentBeats >= settings.silentBeats) open.link.end('Nothing was heard of the gateway.')
    }
  }

  function accept(socket: WebSocket, address: string): void {
    const pace = createPace({ burst: settings.frames, everyMs: settings.frameBackMs }, wallClock)
    const link = linkOver(socket, pace)
    const open: Open = { link, silentBeats: 0 }
    const source = sourceOf(address)
    all.add(open)
    const since = wallClock()
    const cancelLimit = timers.after(settings.handshakeMs, () => link.end('The handshake took too long.'))
    const onProof = timers.after(settings.proveMs, () => link.end('No proof came in time.'))
    const onAdmitted = unproved.add(source)
    const onReady = once(() => {
      entrance.leave(wallClock() - since)
      cancelLimit()
    })
    link.onEnd(() => {
      onProof()
      onAdmitted()
      onReady()
      all.delete(open)
    })
    const onRefused = (): void => throttle.refused(source)
    void serveConnection(link, world, { held, address, onProof, onAdmitted, onReady, onRefused, mayCome })
  }

  function mayCome(serial: string): boolean {
    if (comings.isBlocked(serial)) return false
    comings.refused(serial)
    return true
  }

  return {
    handleUpgrade(request, socket, head) {
      const address = remoteAddress(request)
      const problem = refusalOf(request)
      if (problem !== undefined) {
        refuseUpgrade(socket, problem, timers)
        return
      }
      if (!entrance.enter()) {
        refuseUpgrade(socket, full(entrance.later()), timers)
        return
      }
      // Until it is a WebSocket nobody else gives its place back.
      const back = once(() => entrance.leave(0))
      socket.once('close', back)
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        socket.removeListener('close', back)
        accept(webSocket, address)
      })

      function refusalOf({ url, headers }: IncomingMessage): Answer | undefined {
        if (url !== channelPath) return { status: '404 Not Found' }
        // Only browsers send it, and no page has any business here.
        if (headers.origin !== undefined) return { status: '403 Forbidden' }
        if (closing) return full(settings.comeBackMs)
        const source = sourceOf(address)
        if (throttle.isBlocked(source)) return { status: tooMany }
        return unproved.of(source) >= settings.mostUnproved ? { ...full(entrance.later()), status: tooMany } : undefined
      }
    },
    async disconnect(serial) {
      await (held.get(serial)?.end('The operator ended the connection.') ?? stepDown(options.bus, serial))
    },
    connected: () => held.size,
    serials: () => [...held].flatMap(([serial, gateway]) => (gateway.isConnected() ? [serial] : [])),
    async close() {
      closing = true
      // Not all at once: as many a second as can be let in.
      const spreadMs = (held.size * 1000) / settings.handshakesPerSecond
      const spread = (): number => Math.round((spreadMs * world.random(4).readUInt32BE()) / 2 ** 32)
      cancelBeat()
      cancelSweep()
      await sweeping
      await Promise.all([...held.values()].map((gateway) => gateway.leave(settings.comeBackMs + spread())))
      for (const { link } of [...all]) link.end('The server stops.')
      await store.write((tx) => setAllOffline(tx, { node: nodeId, at: wallClock(), reason: 'The server stopped.' }))
      logger.info('The channel is closed.')
    },
  }
}

async function cleanUp({ store, wallClock, nodeId, logger }: ChannelWorld): Promise<void> {
  const at = wallClock()
  const { failed, offline } = await store.write(async (tx) => ({
    failed: await failUnattendedChanges(tx, { node: nodeId, at, attended: () => new Set() }),
    offline: await setAllOffline(tx, { node: nodeId, at, reason: 'The server was restarted.' }),
  }))
  if (failed + offline > 0)
    logger.info({ failed, offline }, 'The server did not stop in order: changes failed, gateways are offline.')
}

function linkOver(socket: WebSocket, pace: Pace): ServerLink {
  const link: ServerLink = createLink<FromGateway, FromServer>({
    socket: {
      get bufferedAmount() {
        return socket.bufferedAmount
      },
      send: (data) => socket.send(data),
      close: () => socket.close(),
      terminate: () => socket.terminate(),
    },
    incoming: fromGatewaySchema,
    onBeat: () => link.send({ kind: 'beat' }),
    pace,
  })
  // Without fragments in `nodebuffer` mode every message is one Buffer.
  socket.on('message', (data: Buffer, isBinary: boolean) => link.received(data, isBinary))
  socket.on('error', (error) => link.closed(error.message))
  socket.on('close', () => link.closed('The gateway closed the connection.'))
  return link
}

function socketAddress(request: IncomingMessage): string {
  return request.socket.remoteAddress ?? 'unknown'
}

interface Answer {
  readonly status: string
  /** When to come back. */
  readonly laterMs?: number
}

const tooMany = '429 Too Many Requests'

function full(laterMs: number): Answer {
  return { status: '503 Service Unavailable', laterMs }
}

const refusedMs = 2000

/** Whoever never closes its side, or never reads the answer, must not keep the socket. */
function refuseUpgrade(socket: Duplex, { status, laterMs }: Answer, timers: Timers): void {
  const destroy = (): unknown => socket.destroy()
  socket.on('error', destroy)
  socket.on('close', timers.after(refusedMs, destroy))
  const later = laterMs === undefined ? '' : `Retry-After: ${Math.max(1, Math.ceil(laterMs / 1000))}\r\n`
  socket.end(`HTTP/1.1 ${status}\r\n${later}Connection: close\r\nContent-Length: 0\r\n\r\n`, destroy)
}

function once(run: () => void): () => void {
  let isDone = false
  return () => {
    if (!isDone) run()
    isDone = true
  }
}
