import type { IncomingMessage } from 'node:http'
import type { WallClock } from '@opensag/protocol'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { channelPath } from './upgrade.ts'

export interface WithoutUpgradeOptions {
  readonly logger: Pick<Logger, 'warn'>
  readonly wallClock: WallClock
  /** Behind a proxy: where the gateway really comes from. */
  readonly remoteAddress?: ((request: IncomingMessage) => string) | undefined
}

/** Milliseconds between two lines of the log: every gateway behind such a proxy tries again and again. */
const quietMs = 60_000

/**
 * Answers 426 at the gateways' entrance when a request for a WebSocket arrives as a plain one: a proxy in between passes on
 * neither `Upgrade` nor `Connection`, which HTTP lets it drop. The log tells the operator, whose proxy it is.
 */
export function registerWithoutUpgrade(app: FastifyInstance, options: WithoutUpgradeOptions): void {
  const { logger, wallClock, remoteAddress } = options
  let quietUntil = Number.NEGATIVE_INFINITY
  let requests = 0

  app.get(channelPath, async ({ raw }, reply) => {
    // A proxy leaves this header; whoever merely looks does not send it.
    if (raw.headers['sec-websocket-key'] !== undefined) {
      requests++
      const now = wallClock()
      if (now >= quietUntil) {
        const source = remoteAddress?.(raw) ?? raw.socket.remoteAddress
        logger.warn(
          { source, requests },
          'a gateway arrived without Upgrade: the proxy in front of this server must pass on WebSockets',
        )
        quietUntil = now + quietMs
        requests = 0
      }
    }
    return reply
      .code(426)
      .headers({ upgrade: 'websocket', connection: 'upgrade' })
      .type('text/plain; charset=utf-8')
      .send('Gateways connect here by WebSocket. A proxy in between must pass on the headers Upgrade and Connection.\n')
  })
}
