import {
  connect,
  type NatsConnection,
  type NodeConnectionOptions,
  nkeyAuthenticator,
  type Status,
} from '@nats-io/transport-node'
import type { Random, Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import { identityOf } from './nats-identity.ts'

/** How a node reaches the servers of NATS. */
export interface NatsServers {
  /** `host:port`, tried in any order. */
  readonly servers: readonly string[]
  /** With TLS, and perhaps the file of the authority that the servers' certificates are of; without it, no TLS. */
  readonly tls?: { readonly caFile: string | undefined } | undefined
  /** The seed of the user's NKey. */
  readonly seed?: Uint8Array | undefined
}

export interface KeptConnectionOptions extends NatsServers {
  readonly timers: Timers
  readonly random: Random
  readonly logger: Logger
  /** There is a connection for the first time; later ones go on with what was subscribed on it. */
  onFirst(connection: NatsConnection): void
}

/** A connection that is made again whenever it is lost, until it is closed. */
export interface KeptConnection {
  /** For subscriptions, which go on after each reconnect; undefined before the first one. */
  readonly connection: NatsConnection | undefined
  /** For messages, which are not to be sent later; undefined while no server is reached. */
  readonly current: NatsConnection | undefined
  close(): Promise<void>
}

/** Between two attempts, and as much again by chance: nodes that lost one server do not come to the next all at once. */
const pauseMs = 250
const connectMs = 1000
/** A server that is silent for two of them is given up: after some 5 s. */
const pingMs = 2000

export function keepConnection(options: KeptConnectionOptions): KeptConnection {
  const { servers, tls, seed, timers, random, logger } = options
  let connection: NatsConnection | undefined
  let isReached = false
  let isClosed = false
  let refused: string | undefined
  let cancelPause = (): void => {}
  let wake = (): void => {}
  const done = keep().catch((error: unknown) => logger.error({ err: error }, 'The bus has failed.'))

  /** One line for each change, however often it is tried in between. */
  function reached(now: boolean, error?: unknown): void {
    if (isReached === now) return
    isReached = now
    refused = undefined
    if (now) logger.info({ server: connection?.getServer() }, 'The bus is reached.')
    else logger.warn({ err: error }, 'The bus is not reached: gateways of other nodes cannot be asked until it is.')
  }

  async function keep(): Promise<void> {
    let isTold = false
    while (!isClosed) {
      try {
        connection = await connect(connectOptions())
      } catch (error) {
        if (!isTold) logger.warn({ err: error }, 'The bus is not reached yet: gateways of other nodes cannot be asked.')
        isTold = true
        await pause()
        continue
      }
      if (isClosed) break
      reached(true)
      options.onFirst(connection)
      for await (const status of connection.status()) follow(connection, status)
      // Only closing ends it: it reconnects for ever.
      return
    }
    await connection?.close()
  }

  function connectOptions(): NodeConnectionOptions {
    // Goes on to TLS as it is, though the type does not know it.
    const checked: object = { checkServerIdentity: identityOf(servers) }
    return {
      servers: [...servers],
      name: 'opensag',
      ...(seed === undefined ? {} : { authenticator: nkeyAuthenticator(seed) }),
      ...(tls === undefined ? {} : { tls: { ...(tls.caFile && { caFile: tls.caFile }), ...checked } }),
      // Those that were named: what a server says of others may not lead here.
      ignoreClusterUpdates: true,
      maxReconnectAttempts: -1,
      // A server whose users are being changed says no for a while.
      ignoreAuthErrorAbort: true,
      reconnectTimeWait: pauseMs,
      reconnectJitter: pauseMs,
      reconnectJitterTLS: pauseMs,
      timeout: connectMs,
      pingInterval: pingMs,
      maxPingOut: 2,
    }
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve
      cancelPause = timers.after(pauseMs + (pauseMs * random(1).readUInt8()) / 255, resolve)
    })
  }

  function follow(connected: NatsConnection, status: Status): void {
    switch (status.type) {
      case 'disconnect':
      case 'staleConnection':
        reached(false)
        return
      case 'reconnect':
        reached(true)
        return
      case 'ldm':
        // It is about to stop, and says so: another server takes over before anything is lost.
        logger.info({ server: connected.getServer() }, 'A server of the bus is about to stop.')
        void connected.reconnect().catch((error: unknown) => logger.debug({ err: error }, 'bus'))
        return
      case 'error':
        // It says so of every gateway.
        if (refused !== status.error.name) logger.error({ err: status.error }, 'A server of the bus refuses something.')
        refused = status.error.name
        return
      default:
        logger.debug({ status }, 'bus')
    }
  }

  return {
    get connection() {
      return connection
    },
    get current() {
      return isReached ? connection : undefined
    },
    async close() {
      isClosed = true
      isReached = false
      cancelPause()
      wake()
      await connection?.close()
      await done
    },
  }
}
